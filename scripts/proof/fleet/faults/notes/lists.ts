import { onOverlap } from '../../../../../conformance/liars/overlaps.ts';
import { onPage } from '../../../../../conformance/liars/answers.ts';
import { idsIn } from '../../../../../conformance/liars/ledger.ts';
import { rechoose } from '../../bend/shown.ts';
import { fault, inHandlers, onWire, type Fault } from '../../fault.ts';

export const lists: readonly Fault[] = [
  inHandlers(
    'notes/internal-ones-hidden',
    'LG-NOT-001',
    'lists no internal notes beside shared ones',
    rechoose('listDossierNotes', (notes) => {
      const shared = notes.filter((one) => one['is_internal'] === false);
      return shared.length > 0 ? shared : notes;
    }),
  ),
  inHandlers(
    'notes/notes-of-the-contact',
    'LG-NOT-001',
    'lists the notes of all dossiers that share a contact',
    (own) => ({
      listDossierNotes: (asked) => {
        const { links, notes } = asked.organization;
        const { id } = asked.params;
        const people = [...links.by('dossier', id)].flatMap((one) => [
          ...links.by('contact', one.contact_id),
        ]);
        const dossiers = new Set([id, ...people.map((one) => one.dossier_id)]);
        const all = [...notes.rows].filter((one) => dossiers.has(one.dossier_id));
        const choose = rechoose('listDossierNotes', () => structuredClone(all));
        return choose(own).listDossierNotes?.(asked) ?? own.listDossierNotes(asked);
      },
    }),
  ),
  inHandlers(
    'notes/first-page-only',
    'LG-NOT-001',
    'lists the first 25 notes of a dossier, whatever page is asked for',
    (own) => ({
      listDossierNotes: (asked) =>
        own.listDossierNotes({ ...asked, query: { ...asked.query, page: 1, per_page: 25 } }),
    }),
  ),
  inHandlers(
    'notes/none-of-archived',
    'LG-NOT-001',
    'lists no notes of an archived dossier',
    rechoose('listDossierNotes', (notes, { organization, params: { id } }) =>
      organization.dossiers.get(id ?? '')?.status === 'archived' ? [] : notes,
    ),
  ),
  fault('notes/lost-in-a-rush', 'LG-NOT-001', 'loses notes that are added at the same time', () => {
    const lost = new Set<unknown>();
    const written = new Map<string | undefined, unknown>();
    return {
      wire: (fetch, name) => {
        const write = onOverlap(['createDossierNote'], ({ request, answered }) => {
          const [dossier] = idsIn(request.url);
          // The list was read before the other one had been written.
          if (written.has(dossier)) lost.add(written.get(dossier));
          written.set(dossier, answered['id']);
          return undefined;
        });
        const show = onPage(['listDossierNotes'], (page) => {
          const left = page.data.filter((note) => !lost.has(note['id']));
          page.data.splice(0, page.data.length, ...left);
        });
        return show(write(fetch, name), name);
      },
    };
  }),
  inHandlers(
    'notes/latest-first',
    'LG-NOT-002',
    'lists the latest notes first, as it lists dossiers',
    rechoose('listDossierNotes', (notes) => notes.reverse()),
  ),
  inHandlers(
    'notes/internal-ones-first',
    'LG-NOT-002',
    'lists shared notes after the internal ones',
    rechoose('listDossierNotes', (notes) =>
      notes.sort((one, other) => Number(other['is_internal']) - Number(one['is_internal'])),
    ),
  ),
  inHandlers(
    'notes/pinned-above',
    'LG-NOT-007',
    'puts a new note before the last one',
    rechoose('listDossierNotes', (notes) => {
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
    rechoose('listDossierNotes', (notes) => [
      ...new Map(notes.map((one) => [one['content'], one])).values(),
    ]),
  ),
];
