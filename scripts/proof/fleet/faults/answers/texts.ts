import { misreadJson } from '../../bend/json.ts';
import { bendSent, type Item } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** Bends the texts of some fields. */
const spell =
  (fields: readonly string[], bend: (text: string) => string) =>
  (sent: Readonly<Item>): Item => {
    const spelt = fields.map((name) => [name, sent[name]] as const);
    const texts = spelt.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return { ...sent, ...Object.fromEntries(texts.map(([name, text]) => [name, bend(text)])) };
  };

const outsideBasicPlane = /[\u{10000}-\u{10ffff}]/gu;

export const texts: readonly Fault[] = [
  onWire(
    'answers/escaped-pairs',
    'LG-GEN-039',
    'reads each escape of a pair as a letter of its own',
    misreadJson((json) => json.replaceAll(/\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, '\\ufffd')),
  ),
  onWire(
    'answers/escaped-slashes',
    'LG-GEN-039',
    'keeps the stroke before a slash that is escaped',
    misreadJson((json) => json.replaceAll('\\/', '\\\\/')),
  ),
  inHandlers(
    'answers/inherited-names',
    'LG-GEN-039',
    'looks a name up among its labels, and finds what every object has',
    bendSent(
      ['createDossier'],
      spell(['name'], (text) => (text in {} ? `function ${text}() { [native code] }` : text)),
    ),
  ),
  inHandlers(
    'answers/strokes-read-again',
    'LG-GEN-039',
    'reads what stands behind a stroke in a name once more',
    bendSent(
      ['createDossier'],
      spell(['name'], (text) => text.replaceAll('\\n', '\n').replaceAll('\\t', '\t')),
    ),
  ),
  inHandlers(
    'answers/latin-names',
    'LG-GEN-039',
    'writes question marks for what Latin-1 lacks in the names of dossiers',
    bendSent(
      ['createDossier'],
      spell(['name'], (text) => text.replaceAll(/[\u0100-\u{10ffff}]/gu, '?')),
    ),
  ),
  inHandlers(
    'answers/cities-of-three-bytes',
    'LG-GEN-039',
    'keeps no letters of four bytes in the city of a contact',
    bendSent(
      ['createContact', 'updateContact'],
      spell(['city'], (text) => text.replaceAll(outsideBasicPlane, '')),
    ),
  ),
  inHandlers(
    'answers/vowels-lost',
    'LG-GEN-039',
    'strips the signs of vowels that are no letters of their own from the names of new contacts',
    bendSent(
      ['createContact'],
      spell(['full_name'], (text) => text.replaceAll(/[\u0900-\u0903\u093a-\u094f]/g, '')),
    ),
  ),
  inHandlers(
    'answers/quotes-doubled',
    'LG-GEN-039',
    'doubles the apostrophes of changed roles',
    bendSent(
      ['updateDossier'],
      spell(['role'], (text) => text.replaceAll("'", "''")),
    ),
  ),
  inHandlers(
    'answers/accents-folded',
    'LG-GEN-039',
    'takes the accents off the names of contacts that are changed',
    bendSent(
      ['updateContact'],
      spell(['full_name'], (text) =>
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
    bendSent(
      ['createDossierNote'],
      spell(['content'], (text) => text.replaceAll('%25', '%').replaceAll('%41', 'A')),
    ),
  ),
  inHandlers(
    'answers/notes-of-one-line',
    'LG-GEN-039',
    'writes blanks for the line breaks of a note',
    bendSent(
      ['createDossierNote'],
      spell(['content'], (text) => text.replaceAll('\n', ' ')),
    ),
  ),
];
