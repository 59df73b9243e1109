import { type Contract, schemaAt, type Schemas } from '../../openapi/contract.ts';
import { invalid, notFound, PlannedFailure } from '../http/refusals.ts';
import type { Organization } from '../state/organization.ts';
import type { Dossier } from '../state/records.ts';

/** @throws Refusal not_found for an id that no dossier of the organisation has (LG-ERR-016) */
export const findDossier = ({ dossiers }: Organization, id: string): Dossier => {
  const dossier = dossiers.get(id);
  if (!dossier) throw notFound('Dossier');
  return dossier;
};

/** @throws Refusal invalid_body for an id that isn't a member's (LG-DOS-044) */
export const requireMember = ({ members }: Organization, id: string | null | undefined): void => {
  if (typeof id === 'string' && !members.get(id)) {
    throw invalid('assigned_to must be a member of the organisation.');
  }
};

/** Updates a dossier. If no field differs, nothing changes (LG-WEB-030). */
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

/**
 * Refuses values in the sales-only fields of a candidate (LG-DOS-089).
 *
 * @throws Refusal invalid_body, which names the field
 */
export const requireFieldsOfType = (
  contract: Contract,
  type: Schemas['DossierType'],
  changes: Readonly<Record<string, unknown>>,
): void => {
  if (type !== 'candidate') return;
  const rule = schemaAt(contract, '#/components/schemas/SalesOnlyFields');
  const { properties } = rule['then'] as { properties: object };
  const name = Object.keys(properties).find((field) => (changes[field] ?? null) !== null);
  if (name !== undefined) throw invalid(`${name} must be left out: a candidate has no such value.`);
};

/** The path of a dossier's CV: organisation, dossier and file name (LG-CV-013). */
export const cvUrl = (organizationId: string, dossierId: string): string =>
  `${organizationId}/dossiers/${dossierId}/cv.pdf`;

/**
 * Stores the CV of a dossier, which replaces an earlier one (LG-CV-014, LG-CV-015).
 *
 * @throws PlannedFailure if a test planned one (LG-CV-006 to LG-CV-009)
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
