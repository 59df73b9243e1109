import { invalid, notFound } from '../http/refusal.ts';
import type { Organization } from '../state/organization.ts';
import type { Dossier } from '../state/records.ts';

/** @throws Refusal not_found for an id that no dossier of the organisation has (LG-ERR-016) */
export const findDossier = ({ dossiers }: Organization, id: string): Dossier => {
  const dossier = dossiers.get(id);
  if (!dossier) throw notFound('Dossier');
  return dossier;
};

/** @throws Refusal invalid_body for an assignment to somebody who is no member (LG-DOS-044) */
export const requireMember = ({ members }: Organization, id: string | null | undefined): void => {
  if (typeof id === 'string' && !members.get(id)) {
    throw invalid('assigned_to must be a member of the organisation.');
  }
};

/** Puts a changed dossier in its place; one that is as it was changes nothing (LG-WEB-030). */
export const changeDossier = (
  { dossiers }: Organization,
  before: Dossier,
  changes: Partial<Dossier>,
): Dossier => {
  const names = Object.keys(changes) as (keyof Dossier)[];
  if (names.every((name) => changes[name] === before[name])) return before;
  const after = { ...before, ...changes };
  dossiers.replace(after);
  return after;
};
