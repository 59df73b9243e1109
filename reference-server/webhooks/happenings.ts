import type { Change } from '../state/journal.ts';
import type { Organization } from '../state/organization.ts';
import type { Cv, Dossier, Note } from '../state/records.ts';
import type { State } from '../state/state.ts';

/** What a transaction has done to one thing that events are about, from first to last. */
export type Happening = { readonly organization: Organization } & (
  | {
      readonly of: 'dossier';
      /** Undefined for a new one. */
      readonly before: Dossier | undefined;
      /** The same row as before if no field of it has changed, but its CV. */
      readonly after: Dossier;
    }
  | { readonly of: 'note'; readonly note: Note }
);

/** Reads from the changes of the running transaction what has happened, in that order. */
export const readHappenings = (state: State): Happening[] => {
  const changes = state.changes();
  if (changes.length === 0) return [];
  const happenings = new Map<string, Happening>();
  for (const change of changes) {
    const organization = state.organizations.get(change.organizationId ?? '');
    if (!organization || !change.after) continue;
    const { id } = change.after;
    const happening = readers[change.table]?.(organization, change, happenings.get(id));
    if (happening) happenings.set(id, happening);
  }
  return [...happenings.values()];
};

type Reader = (
  organization: Organization,
  change: Change,
  earlier: Happening | undefined,
) => Happening | undefined;

/** By table; changes of other tables are nothing that events are about (LG-WEB-033). */
const readers: Readonly<Record<string, Reader>> = {
  dossiers: (organization, change, earlier) => {
    const after = change.after as Dossier;
    if (earlier?.of === 'dossier') return { ...earlier, after };
    const before = change.before as Dossier | undefined;
    return { of: 'dossier', organization, before, after };
  },
  // A CV has the id of its dossier.
  cvs: (organization, change, earlier) => {
    if (earlier) return earlier;
    const dossier = organization.dossiers.get((change.after as Cv).id);
    return dossier && { of: 'dossier', organization, before: dossier, after: dossier };
  },
  notes: (organization, change) => ({ of: 'note', organization, note: change.after as Note }),
};
