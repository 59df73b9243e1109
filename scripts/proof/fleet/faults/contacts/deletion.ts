import { before, bendShown, rechoose, type AskedAnything, type Item } from '../../bend/shown.ts';
import { at, inHandlers, type Fault, type Handlers } from '../../fault.ts';

/** The links of the contact that is being deleted. */
const linksOf = ({ organization, params: { id = '' } }: AskedAnything) => [
  ...organization.links.by('contact', id),
];

/** Keeps the links of deleted contacts that meet a condition, and lists them as they were. */
const keepLinks =
  (isKept: (dossier: Item | undefined, link: Item) => boolean) =>
  (own: Handlers): Partial<Handlers> => {
    const kept = new Map<string, Item[]>();
    const watch = before('deleteContact', (asked) => {
      const { organization } = asked;
      for (const link of linksOf(asked)) {
        const { dossier_id, contact_id, role_on_dossier, is_primary } = link;
        const dossier = organization.dossiers.get(dossier_id);
        const { full_name, email, company } = organization.contacts.get(contact_id) ?? {};
        const item = { contact_id, full_name, email, company, role_on_dossier, is_primary };
        if (!isKept(dossier, item)) continue;
        kept.set(dossier_id, [...(kept.get(dossier_id) ?? []), item]);
      }
    });
    const list = rechoose('listDossierContacts', (items, { params: { id = '' } }) => [
      ...items,
      ...(kept.get(id) ?? []),
    ]);
    return { ...watch(own), ...list(own) };
  };

/** What is wrong with the deletion of contacts. */
export const deletion: readonly Fault[] = [
  inHandlers(
    'contacts/deleted-again',
    'LG-CON-074',
    'deletes again who is deleted already',
    (own) => {
      const deleted = new Set<string>();
      return {
        deleteContact: (asked) => {
          const { id } = asked.params;
          if (deleted.has(id)) return { body: { data: { id, deleted: true } } };
          const reply = own.deleteContact(asked);
          deleted.add(id);
          return reply;
        },
      };
    },
  ),
  at(
    ['updateContact'],
    inHandlers(
      'contacts/revived-by-change',
      'LG-CON-074',
      'changes deleted contacts, and has them back',
      (own) => {
        const deleted = new Map<string, Item>();
        const bury = before('deleteContact', ({ organization, params: { id = '' } }) => {
          const contact = organization.contacts.get(id);
          if (contact) deleted.set(id, { ...contact, email: null });
        });
        const revive = before('updateContact', ({ organization, params: { id = '' } }) => {
          const contact = deleted.get(id);
          if (contact && !organization.contacts.get(id))
            organization.contacts.insert(contact as never);
        });
        return { ...bury(own), ...revive(own) };
      },
    ),
  ),
  inHandlers(
    'contacts/ghosts-in-pool',
    'LG-CON-074',
    'lists deleted contacts by their time in the pool',
    (own) => {
      const ghosts: Item[] = [];
      const bury = before('deleteContact', ({ organization, params: { id = '' } }) => {
        if (organization.poolWindows.get(id))
          ghosts.push({ ...organization.contacts.get(id), dossier_count: 0 });
      });
      const list = rechoose('listContacts', (items, { query: { pool }, organization }) =>
        pool === 'in_pool' && organization.contacts.rows.length > 0 ? [...items, ...ghosts] : items,
      );
      return { ...bury(own), ...list(own) };
    },
  ),
  inHandlers(
    'contacts/deletion-in-words',
    'LG-CON-075',
    'answers that it is deleted by the word "true"',
    bendShown(['deleteContact'], (data) => {
      data['deleted'] = 'true';
    }),
  ),
  inHandlers(
    'contacts/primary-ghosts',
    'LG-CON-076',
    'lists a deleted contact where it was the primary one',
    keepLinks((_, { is_primary }) => is_primary === true),
  ),
  inHandlers(
    'contacts/ghosts-in-archive',
    'LG-CON-076',
    'leaves a deleted contact on dossiers that are archived',
    keepLinks((dossier) => dossier?.['status'] === 'archived'),
  ),
  inHandlers(
    'contacts/person-erased',
    'LG-CON-077',
    'erases the contact person of the dossiers of a deleted contact',
    before('deleteContact', (asked) => {
      const { dossiers } = asked.organization;
      for (const { dossier_id } of linksOf(asked)) {
        const dossier = dossiers.get(dossier_id);
        if (dossier) dossiers.replace({ ...dossier, contact_person: null });
      }
    }),
  ),
  inHandlers(
    'contacts/notes-erased',
    'LG-CON-077',
    'deletes the notes on the dossiers of a deleted contact',
    before('deleteContact', (asked) => {
      const { notes } = asked.organization;
      for (const { dossier_id } of linksOf(asked)) {
        for (const { id } of [...notes.by('dossier', dossier_id)]) notes.remove(id);
      }
    }),
  ),
];
