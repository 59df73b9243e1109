import { onData } from '../../../../../conformance/liars/answers.ts';
import { keepBook } from '../../../../../conformance/liars/ledger.ts';
import { onSent } from '../../../../../conformance/liars/requests.ts';
import { bendReply } from '../../bend/replies.ts';
import { bendSent, bendShown } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

export const fields: readonly Fault[] = [
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
    bendReply('createDossierNote', ({ data }, { organization }) => {
      data.dossier_id = [...organization.dossiers.rows].at(-1)?.id ?? data.dossier_id;
    }),
  ),
  inHandlers(
    'notes/dossier-by-name',
    'LG-NOT-005',
    'lists notes with the name of their dossier in place of its id',
    bendShown(['listDossierNotes'], (note, { organization }) => {
      note['dossier_id'] = organization.dossiers.get(String(note['dossier_id']))?.name;
    }),
  ),
  inHandlers(
    'notes/one-line',
    'LG-NOT-008',
    'answers the first line of a note alone',
    bendShown(['listDossierNotes'], (note) => {
      note['content'] = String(note['content']).split('\n')[0];
    }),
  ),
  inHandlers(
    'notes/signs-escaped',
    'LG-NOT-008',
    'escapes ampersands and quotation marks of a new note',
    bendSent(['createDossierNote'], (note) => ({
      ...note,
      content: String(note['content']).replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
    })),
  ),
  inHandlers(
    'notes/gaps-closed',
    'LG-NOT-008',
    'makes one blank of several',
    bendSent(['createDossierNote'], (note) => ({
      ...note,
      content: String(note['content']).replaceAll(/[ \t]{2,}|\n{2,}/g, (gap) => gap.slice(0, 1)),
    })),
  ),
  inHandlers(
    'notes/cut-at-four-thousand',
    'LG-NOT-008',
    'keeps four thousand characters of a note',
    bendSent(['createDossierNote'], (note) => ({
      ...note,
      content: String(note['content']).slice(0, 4_000),
    })),
  ),
  inHandlers(
    'notes/listed-as-preview',
    'LG-NOT-008',
    'lists the beginning of a note',
    bendShown(['listDossierNotes'], (note) => {
      const content = String(note['content']);
      if (content.length > 280) note['content'] = `${content.slice(0, 279)}…`;
    }),
  ),
  onWire(
    'notes/empty-is-fine',
    'LG-NOT-009',
    'adds a shared note with an empty text',
    onSent(['createDossierNote'], (note) =>
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
    onSent(['createDossierNote'], (note) => ({ is_internal: false, ...note })),
  ),
  onWire(
    'notes/default-lost-in-list',
    'LG-NOT-011',
    'lists as shared what was said to be neither',
    (fetch, name) => {
      const unsaid = new Set<unknown>();
      const book = keepBook(fetch, name, ({ operation, sent, answered }) => {
        if (operation === 'createDossierNote' && !('is_internal' in sent))
          unsaid.add(answered['id']);
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
    bendSent(['createDossierNote'], (note) => ({ ...note, is_internal: true })),
  ),
  inHandlers(
    'notes/as-the-first',
    'LG-NOT-012',
    'lists all notes of a dossier as the first one is',
    bendReply('listDossierNotes', ({ data }) => {
      for (const note of data) note.is_internal = data[0]?.is_internal ?? true;
    }),
  ),
  inHandlers(
    'notes/answered-without-text',
    'LG-NOT-014',
    'answers a new note without its text',
    bendShown(['createDossierNote'], (note) => {
      delete note['content'];
    }),
  ),
  inHandlers(
    'notes/answered-without-dossier-of-sales',
    'LG-NOT-014',
    'answers a new note of a sale without its dossier',
    bendShown(['createDossierNote'], (note, { organization, params: { id } }) => {
      if (organization.dossiers.get(id ?? '')?.type === 'sales') delete note['dossier_id'];
    }),
  ),
];
