import type { Schemas } from '../../openapi/contract.ts';
import { ok, type Handler } from '../http/handler.ts';
import { invalid } from '../http/refusal.ts';
import type { Organization } from '../state/organization.ts';
import type { Dossier } from '../state/records.ts';
import { changeDossier, findDossier, requireMember } from './rules.ts';
import { requireFieldsOfType } from './sales-only.ts';

/**
 * Changes the fields that were sent and no others; null clears an optional one (LG-DOS-067 to
 * LG-DOS-092, LG-DOS-098, LG-DOS-100).
 *
 * Refuses an unknown dossier (not_found), a member that isn't one, a stage outside the dossier's
 * flow, and a value in a field of sales for a candidate (invalid_body).
 */
export const updateDossier: Handler<'updateDossier'> = ({
  params,
  body,
  organization,
  contract,
}) => {
  const dossier = findDossier(organization, params.id);
  requireMember(organization, body.assigned_to);
  requireStageOfFlow(organization, dossier, body);
  requireFieldsOfType(contract, dossier.type, body);
  return ok({ data: changeDossier(organization, dossier, body) });
};

/** Stages move within the flow only (LG-DOS-084, LG-DOS-085). */
const requireStageOfFlow = (
  { flows }: Organization,
  { flow_id }: Dossier,
  { current_stage_id }: Readonly<Schemas['DossierChanges']>,
): void => {
  if (current_stage_id === undefined) return;
  if (flows.get(flow_id)?.stages.some(({ id }) => id === current_stage_id)) return;
  throw invalid("current_stage_id must be a stage of the dossier's flow.");
};
