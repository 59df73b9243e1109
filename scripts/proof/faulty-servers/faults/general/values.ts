import { onData } from '../../../../../conformance/faults/inject.ts';
import { type FaultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import { changeBody, changeItems, changeReply, type Item } from '../../inject/handlers.ts';
import { changeJson } from '../../inject/requests.ts';

/** Changes the strings in these fields. */
const changeTexts =
  (fields: readonly string[], inject: (text: string) => string) =>
  (sent: Readonly<Item>): Item => {
    const sentTexts = fields.map((name) => [name, sent[name]] as const);
    const texts = sentTexts.filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return { ...sent, ...Object.fromEntries(texts.map(([name, text]) => [name, inject(text)])) };
  };

const outsideBasicPlane = /[\u{10000}-\u{10ffff}]/gu;

export const textFaults: readonly FaultyServer[] = [
  onWire(
    'answers/escaped-pairs',
    'LG-GEN-039',
    'reads each escape of a pair as a letter of its own',
    changeJson((json) => json.replaceAll(/\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, '\\ufffd')),
  ),
  onWire(
    'answers/escaped-slashes',
    'LG-GEN-039',
    'keeps the stroke before a slash that is escaped',
    changeJson((json) => json.replaceAll('\\/', '\\\\/')),
  ),
  inHandlers(
    'answers/inherited-names',
    'LG-GEN-039',
    'looks a name up among its labels, and finds what every object has',
    changeBody(
      ['createDossier'],
      changeTexts(['name'], (text) => (text in {} ? `function ${text}() { [native code] }` : text)),
    ),
  ),
  inHandlers(
    'answers/strokes-read-again',
    'LG-GEN-039',
    'reads what stands behind a stroke in a name once more',
    changeBody(
      ['createDossier'],
      changeTexts(['name'], (text) => text.replaceAll('\\n', '\n').replaceAll('\\t', '\t')),
    ),
  ),
  inHandlers(
    'answers/latin-names',
    'LG-GEN-039',
    'writes question marks for what Latin-1 lacks in the names of dossiers',
    changeBody(
      ['createDossier'],
      changeTexts(['name'], (text) => text.replaceAll(/[\u0100-\u{10ffff}]/gu, '?')),
    ),
  ),
  inHandlers(
    'answers/cities-of-three-bytes',
    'LG-GEN-039',
    'keeps no letters of four bytes in the city of a contact',
    changeBody(
      ['createContact', 'updateContact'],
      changeTexts(['city'], (text) => text.replaceAll(outsideBasicPlane, '')),
    ),
  ),
  inHandlers(
    'answers/vowels-lost',
    'LG-GEN-039',
    'strips the signs of vowels that are no letters of their own from the names of new contacts',
    changeBody(
      ['createContact'],
      changeTexts(['full_name'], (text) => text.replaceAll(/[\u0900-\u0903\u093a-\u094f]/g, '')),
    ),
  ),
  inHandlers(
    'answers/quotes-doubled',
    'LG-GEN-039',
    'doubles the apostrophes of changed roles',
    changeBody(
      ['updateDossier'],
      changeTexts(['role'], (text) => text.replaceAll("'", "''")),
    ),
  ),
  inHandlers(
    'answers/accents-folded',
    'LG-GEN-039',
    'takes the accents off the names of contacts that are changed',
    changeBody(
      ['updateContact'],
      changeTexts(['full_name'], (text) =>
        text
          .normalize('NFD')
          .replaceAll(/(?<=[a-z])[\u0300-\u036f]/gi, '')
          .normalize('NFC'),
      ),
    ),
  ),
  inHandlers(
    'answers/notes-decoded-twice',
    'LG-GEN-039',
    'decodes what looks like an escape of a URL in a note',
    changeBody(
      ['createDossierNote'],
      changeTexts(['content'], (text) => text.replaceAll('%25', '%').replaceAll('%41', 'A')),
    ),
  ),
  inHandlers(
    'answers/notes-of-one-line',
    'LG-GEN-039',
    'writes blanks for the line breaks of a note',
    changeBody(
      ['createDossierNote'],
      changeTexts(['content'], (text) => text.replaceAll('\n', ' ')),
    ),
  ),
];

const size = 'deal_size';

export const amountFaults: readonly FaultyServer[] = [
  inHandlers(
    'answers/amounts-as-text',
    'LG-GEN-011',
    'lists amounts as text, as its database gives them',
    changeItems(['listDossiers'], (dossier) => {
      if (dossier[size] !== null) dossier[size] = Number(dossier[size]).toFixed(2);
    }),
  ),
  inHandlers(
    'answers/changed-amounts-as-text',
    'LG-GEN-011',
    'answers amounts with decimals as text once they were changed',
    changeItems(['updateDossier'], (dossier) => {
      if (Number(dossier[size]) % 1) dossier[size] = String(dossier[size]);
    }),
  ),
  inHandlers(
    'answers/amounts-in-cents',
    'LG-GEN-012',
    'shows amounts in cents',
    changeItems(['getDossier', 'listDossiers'], (dossier) => {
      if (dossier[size] !== null) dossier[size] = Math.round(Number(dossier[size]) * 100);
    }),
  ),
  inHandlers(
    'answers/yen-in-hundredths',
    'LG-GEN-012',
    'takes whole yen for hundredths, since all currencies have them',
    changeBody(['createDossier'], (draft) =>
      draft['deal_currency'] === 'JPY' ? { ...draft, [size]: Number(draft[size]) / 100 } : draft,
    ),
  ),
  inHandlers(
    'answers/cents-by-change',
    'LG-GEN-012',
    'forgets to count in euros again where an amount is changed',
    changeBody(['updateDossier'], (changes) =>
      typeof changes[size] === 'number'
        ? { ...changes, [size]: changes[size] * 100 }
        : { ...changes },
    ),
  ),
  inHandlers(
    'answers/decimals-cut',
    'LG-GEN-013',
    'keeps whole euros of a new dossier',
    changeBody(['createDossier'], (draft) =>
      typeof draft[size] === 'number'
        ? { ...draft, [size]: Math.trunc(draft[size]) }
        : { ...draft },
    ),
  ),
  inHandlers(
    'answers/single-precision',
    'LG-GEN-013',
    'keeps amounts in single precision',
    changeItems(['getDossier', 'listDossiers'], (dossier) => {
      if (dossier[size] !== null) dossier[size] = Math.fround(Number(dossier[size]));
    }),
  ),
  inHandlers(
    'answers/cents-cut-by-change',
    'LG-GEN-013',
    'loses a cent of changed amounts, as it counts in cents and cuts',
    changeBody(['updateDossier'], (changes) =>
      typeof changes[size] === 'number'
        ? { ...changes, [size]: Math.trunc(changes[size] * 100) / 100 }
        : { ...changes },
    ),
  ),
];

const capitals = (item: Record<string, unknown>): void => {
  item['id'] = String(item['id']).toUpperCase();
};

export const idFaults: readonly FaultyServer[] = [
  onWire(
    'answers/numbered-stages',
    'LG-GEN-044',
    'numbers the stages within flows',
    onData(['listFlows'], (flow) => {
      const stages = flow['stages'] as Record<string, unknown>[];
      for (const [index, stage] of stages.entries()) stage['id'] = `s${String(index + 1)}`;
    }),
  ),
  onWire(
    'answers/flows-by-name',
    'LG-GEN-044',
    'makes the ids of flows of their names',
    onData(['listFlows'], (flow) => {
      flow['id'] = String(flow['name']).toLowerCase().replaceAll(' ', '-');
    }),
  ),
  inHandlers(
    'answers/notes-counted-by-dossier',
    'LG-GEN-047',
    'numbers the notes of each dossier from one',
    changeReply('createDossierNote', ({ data }, { organization, params: { id } }) => {
      data.id = `note-${String(organization.notes.by('dossier', id).length)}`;
    }),
  ),
  inHandlers(
    'answers/other-id-in-list',
    'LG-GEN-047',
    'lists notes under other ids than it has answered',
    changeItems(['listDossierNotes'], capitals),
  ),
  inHandlers(
    'answers/id-by-address',
    'LG-GEN-047',
    'gives contacts with the same name one id in the list',
    changeReply('listContacts', ({ data }) => {
      const first = new Map<string, string>();
      for (const one of data) {
        one.id = first.get(one.full_name) ?? one.id;
        first.set(one.full_name, one.id);
      }
    }),
  ),
];
