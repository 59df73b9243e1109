import { ok, type Handler, type RequestOf } from '../http/handler.ts';
import type { operations } from '../../openapi/generated/types.ts';
import type { DossierIndex, Organization } from '../state/organization.ts';
import { pageOfNewest } from '../state/page.ts';
import type { Dossier } from '../state/records.ts';
import type { Sequence } from '../state/sequence.ts';

type Filters = RequestOf<operations['listDossiers']>['query'];

/** Lists the dossiers that meet all filters, the newest first (LG-DOS-006 to LG-DOS-015). */
export const listDossiers: Handler<'listDossiers'> = ({ query, organization }) =>
  ok(pageOfNewest(matching(organization, query), query));

/** Each combination of filters has an index of its own. */
const matching = (
  { dossiers }: Organization,
  { type, status, stage_id: stage }: Filters,
): Sequence<Dossier> => {
  const used = Object.entries({ type, status, stage }).filter(([, value]) => value !== undefined);
  if (used.length === 0) return dossiers.rows;
  const index = used.map(([name]) => name).join(' ') as DossierIndex;
  return dossiers.by(index, used.map(([, value]) => value).join(' '));
};
