import { PlannedFailure } from '../http/fault.ts';
import type { Organization } from '../state/organization.ts';

/** Where a dossier's CV is stored, as organisation, dossier and file name (LG-CV-013). */
export const cvUrl = (organizationId: string, dossierId: string): string =>
  `${organizationId}/dossiers/${dossierId}/cv.pdf`;

/**
 * Stores the CV of a dossier, in place of an earlier one (LG-CV-014, LG-CV-015).
 *
 * @throws PlannedFailure if a test asked for it (LG-CV-006 to LG-CV-009)
 */
export const storeCv = (
  { cvs, plannedFaults }: Organization,
  dossierId: string,
  bytes: Buffer,
): void => {
  if (plannedFaults.delete('upload')) throw new PlannedFailure('The CV could not be stored.');
  const cv = { id: dossierId, bytes };
  if (cvs.get(dossierId)) cvs.replace(cv);
  else cvs.insert(cv);
};
