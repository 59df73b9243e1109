import { afterSuccess, idsIn } from '../../../../conformance/faults/applied-requests.ts';
import { onOverlap } from '../../../../conformance/faults/concurrency.ts';
import { onData, onJsonBody, onPage } from '../../../../conformance/faults/inject.ts';
import { type FaultyServer, faultyServer, inHandlers, onWire } from '../faulty-server.ts';
import { changeBody, changeItems, changeList, changeReply, type Item } from '../inject/handlers.ts';
import {
  byLength,
  byNumber,
  byText,
  byThenBy,
  reversed,
  type SortOrder,
} from '../inject/sort-orders.ts';

export const noteFieldFaults: readonly FaultyServer[] = [
  onWire(
    'notes/listed-without-moment',
    'LG-NOT-004',
    'lists notes without the moment at which they were added',
    onData(['listDossierNotes'], (note) => {
      delete note['created_at'];
    }),
  ),
  onWire(
    'notes/listed-as-shared-or-nothing',
    'LG-NOT-004',
    'lists notes without saying of the shared ones that they are',
    onData(['listDossierNotes'], (note) => {
      if (note['is_internal'] === false) delete note['is_internal'];
    }),
  ),
  inHandlers(
    'notes/dossier-of-the-latest',
    'LG-NOT-005',
    'answers a new note with the dossier that was created last',
    changeReply('createDossierNote', ({ data }, { organization }) => {
      data.dossier_id = [...organization.dossiers.rows].at(-1)?.id ?? data.dossier_id;
    }),
  ),
  inHandlers(
    'notes/dossier-by-name',
    'LG-NOT-005',
    'lists notes with the name of their dossier in place of its id',
    changeItems(['listDossierNotes'], (note, { organization }) => {
      note['dossier_id'] = organization.dossiers.get(String(note['dossier_id']))?.name;
    }),
  ),
  inHandlers(
    'notes/one-line',
    'LG-NOT-008',
    'answers the first line of a note alone',
    changeItems(['listDossierNotes'], (note) => {
      note['content'] = String(note['content']).split('\n')[0];
    }),
  ),
  inHandlers(
    'notes/signs-escaped',
    'LG-NOT-008',
    'escapes ampersands and quotation marks of a new note',
    changeBody(['createDossierNote'], (note) => ({
      ...note,
      content: String(note['content']).replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    })),
  ),
  inHandlers(
    'notes/gaps-closed',
    'LG-NOT-008',
    'makes one blank of several',
    changeBody(['createDossierNote'], (note) => ({
      ...note,
      content: String(note['content']).replaceAll(/[ \t]{2,}|\n{2,}/g, (gap) => gap.slice(0, 1)),
    })),
  ),
  inHandlers(
    'notes/cut-at-four-thousand',
    'LG-NOT-008',
    'keeps four thousand characters of a note',
    changeBody(['createDossierNote'], (note) => ({
      ...note,
      content: String(note['content']).slice(0, 4_000),
    })),
  ),
  inHandlers(
    'notes/listed-as-preview',
    'LG-NOT-008',
    'lists the beginning of a note',
    changeItems(['listDossierNotes'], (note) => {
      const content = String(note['content']);
      if (content.length > 280) note['content'] = `${content.slice(0, 279)}…`;
    }),
  ),
  onWire(
    'notes/empty-is-fine',
    'LG-NOT-009',
    'adds a shared note with an empty text',
    onJsonBody(['createDossierNote'], (note) =>
      note['content'] === '' && note['is_internal'] === false ? { ...note, content: ' - ' } : note,
    ),
  ),
  onWire(
    'notes/refused-kept-as-draft',
    'LG-NOT-009',
    'refuses a note without a text, and keeps it with a text of its own',
    (fetch, name) => async (request) => {
      const copy = request.clone();
      const response = await fetch(request);
      if (name(copy.method, copy.url) !== 'createDossierNote' || response.status !== 400) {
        return response;
      }
      await fetch(new Request(copy, { body: JSON.stringify({ content: '(draft)' }) }));
      return response;
    },
  ),
  onWire(
    'notes/shared-by-default',
    'LG-NOT-011',
    'shares a note that is said to be neither',
    onJsonBody(['createDossierNote'], (note) => ({ is_internal: false, ...note })),
  ),
  onWire(
    'notes/default-lost-in-list',
    'LG-NOT-011',
    'lists as shared what was said to be neither',
    (fetch, name) => {
      const unsaid = new Set<unknown>();
      const book = afterSuccess(fetch, name, ({ operation, sent, returned }) => {
        if (operation === 'createDossierNote' && !('is_internal' in sent))
          unsaid.add(returned['id']);
      });
      const show = onData(['listDossierNotes'], (note) => {
        if (unsaid.has(note['id'])) note['is_internal'] = false;
      });
      return show(book, name);
    },
  ),
  inHandlers(
    'notes/always-internal',
    'LG-NOT-012',
    'keeps every note internal',
    changeBody(['createDossierNote'], (note) => ({ ...note, is_internal: true })),
  ),
  inHandlers(
    'notes/as-the-first',
    'LG-NOT-012',
    'lists all notes of a dossier as the first one is',
    changeReply('listDossierNotes', ({ data }) => {
      for (const note of data) note.is_internal = data[0]?.is_internal ?? true;
    }),
  ),
  inHandlers(
    'notes/answered-without-text',
    'LG-NOT-014',
    'answers a new note without its text',
    changeItems(['createDossierNote'], (note) => {
      delete note['content'];
    }),
  ),
  inHandlers(
    'notes/answered-without-dossier-of-sales',
    'LG-NOT-014',
    'answers a new note of a sale without its dossier',
    changeItems(['createDossierNote'], (note, { organization, params: { id } }) => {
      if (organization.dossiers.get(id ?? '')?.type === 'sales') delete note['dossier_id'];
    }),
  ),
];

export const noteListFaults: readonly FaultyServer[] = [
  inHandlers(
    'notes/internal-ones-hidden',
    'LG-NOT-001',
    'lists no internal notes beside shared ones',
    changeList('listDossierNotes', (notes) => {
      const shared = notes.filter((one) => one['is_internal'] === false);
      return shared.length > 0 ? shared : notes;
    }),
  ),
  inHandlers(
    'notes/notes-of-the-contact',
    'LG-NOT-001',
    'lists the notes of all dossiers that share a contact',
    (own) => ({
      listDossierNotes: (call) => {
        const { links, notes } = call.organization;
        const { id } = call.params;
        const people = [...links.by('dossier', id)].flatMap((one) => [
          ...links.by('contact', one.contact_id),
        ]);
        const dossiers = new Set([id, ...people.map((one) => one.dossier_id)]);
        const all = [...notes.rows].filter((one) => dossiers.has(one.dossier_id));
        const choose = changeList('listDossierNotes', () => structuredClone(all));
        return choose(own).listDossierNotes?.(call) ?? own.listDossierNotes(call);
      },
    }),
  ),
  inHandlers(
    'notes/first-page-only',
    'LG-NOT-001',
    'lists the first 25 notes of a dossier, whatever page is asked for',
    (own) => ({
      listDossierNotes: (call) =>
        own.listDossierNotes({ ...call, query: { ...call.query, page: 1, per_page: 25 } }),
    }),
  ),
  inHandlers(
    'notes/none-of-archived',
    'LG-NOT-001',
    'lists no notes of an archived dossier',
    changeList('listDossierNotes', (notes, { organization, params: { id } }) =>
      organization.dossiers.get(id ?? '')?.status === 'archived' ? [] : notes,
    ),
  ),
  faultyServer(
    'notes/lost-in-a-rush',
    'LG-NOT-001',
    'loses notes that are added at the same time',
    () => {
      const lost = new Set<unknown>();
      const written = new Map<string | undefined, unknown>();
      return {
        wire: (fetch, name) => {
          const write = onOverlap(['createDossierNote'], ({ request, returned }) => {
            const [dossier] = idsIn(request.url);
            // The list was read before the other note was written.
            if (written.has(dossier)) lost.add(written.get(dossier));
            written.set(dossier, returned['id']);
            return undefined;
          });
          const show = onPage(['listDossierNotes'], (page) => {
            const left = page.data.filter((note) => !lost.has(note['id']));
            page.data.splice(0, page.data.length, ...left);
          });
          return show(write(fetch, name), name);
        },
      };
    },
  ),
  inHandlers(
    'notes/latest-first',
    'LG-NOT-002',
    'lists the latest notes first, as it lists dossiers',
    changeList('listDossierNotes', (notes) => notes.reverse()),
  ),
  inHandlers(
    'notes/internal-ones-first',
    'LG-NOT-002',
    'lists shared notes after the internal ones',
    changeList('listDossierNotes', (notes) =>
      notes.sort((one, other) => Number(other['is_internal']) - Number(one['is_internal'])),
    ),
  ),
  inHandlers(
    'notes/pinned-above',
    'LG-NOT-007',
    'puts a new note before the last one',
    changeList('listDossierNotes', (notes) => {
      const [last, ...earlier] = notes.reverse();
      return last ? [...earlier.slice(1).reverse(), last, ...earlier.slice(0, 1)] : [];
    }),
  ),
  onWire(
    'notes/no-list-of-one',
    'LG-NOT-007',
    'never lists the first note of a dossier',
    onPage(['listDossierNotes'], ({ data, meta }) => {
      if (data.length === 0) return;
      data.shift();
      meta['total'] = Number(meta['total']) - 1;
    }),
  ),
  inHandlers(
    'notes/same-text-once',
    'LG-NOT-001',
    'lists one of several notes with the same text',
    changeList('listDossierNotes', (notes) => [
      ...new Map(notes.map((one) => [one['content'], one])).values(),
    ]),
  ),
];

const sorted = (order: SortOrder) => changeList('listDossierNotes', (notes) => notes.sort(order));

const byMinute: SortOrder = (one, other) => {
  const minute = ({ created_at }: Item) => String(created_at).slice(0, 16);
  return byText('minute')({ minute: minute(one) }, { minute: minute(other) });
};

/** Notes that aren't listed by the time of their creation. */
export const noteOrderFaults: readonly FaultyServer[] = [
  inHandlers('notes/by-text', 'LG-NOT-002', 'lists notes by their text', sorted(byText('content'))),
  inHandlers(
    'notes/by-text-descending',
    'LG-NOT-002',
    'lists notes by their text, the last of the alphabet first',
    sorted(reversed(byText('content'))),
  ),
  inHandlers('notes/by-id', 'LG-NOT-002', 'lists notes by their ids', sorted(byText('id'))),
  inHandlers(
    'notes/by-id-descending',
    'LG-NOT-002',
    'lists notes by their ids, the greatest first',
    sorted(reversed(byText('id'))),
  ),
  inHandlers(
    'notes/shortest-first',
    'LG-NOT-002',
    'lists short notes before long ones',
    sorted(byLength('content')),
  ),
  inHandlers(
    'notes/longest-first',
    'LG-NOT-002',
    'lists long notes before short ones',
    sorted(reversed(byLength('content'))),
  ),
  inHandlers(
    'notes/shared-ones-first',
    'LG-NOT-002',
    'lists internal notes after the shared ones',
    sorted(byNumber('is_internal')),
  ),
  inHandlers(
    'notes/by-minute-then-text',
    'LG-NOT-002',
    'lists notes by the minute, and those of one minute by their text',
    sorted(byThenBy(byMinute, byText('content'))),
  ),
  inHandlers(
    'notes/by-minute-then-latest',
    'LG-NOT-002',
    'lists notes by the minute, and those of one minute the latest first',
    changeList('listDossierNotes', (notes) => notes.reverse().sort(byMinute)),
  ),
  inHandlers(
    'notes/first-one-pinned',
    'LG-NOT-007',
    'lists the latest first, below the very first one',
    changeList('listDossierNotes', ([first, ...rest]) => (first ? [first, ...rest.reverse()] : [])),
  ),
];
