import { ok, type Handler, type RequestOf } from '../http/handler.ts';
import type { operations } from '../../openapi/generated/types.ts';
import type { Organization } from '../state/organization.ts';
import { pageNewestFirst } from '../state/page.ts';
import type { Dossier } from '../state/records.ts';
import type { Rows } from '../state/sequence.ts';

type Filters = RequestOf<operations['listDossiers']>['query'];

/** Lists the dossiers that meet all filters, the newest first (LG-DOS-006 to LG-DOS-015). */
export const listDossiers: Handler<'listDossiers'> = ({ query, organization }) => {
  const candidates = candidateRows(organization, query);
  const [smallest, ...others] = candidates.sort((a, b) => a.rows.length - b.rows.length);
  const matches =
    others.length === 0
      ? undefined
      : (dossier: Dossier) => others.every((filter) => filter.matches(dossier));
  return ok(pageNewestFirst(smallest?.rows ?? organization.dossiers.rows, query, matches));
};

interface Filter {
  readonly rows: Rows<Dossier>;
  readonly matches: (dossier: Dossier) => boolean;
}

/** The filters in use, each with the rows that its index holds. */
const candidateRows = ({ dossiers }: Organization, query: Filters): Filter[] => {
  const { type, status, stage_id } = query;
  const filters: Filter[] = [];
  if (type !== undefined) {
    filters.push({ rows: dossiers.by('type', type), matches: (row) => row.type === type });
  }
  if (status !== undefined) {
    filters.push({ rows: dossiers.by('status', status), matches: (row) => row.status === status });
  }
  if (stage_id !== undefined) {
    const matches = (row: Dossier) => row.current_stage_id === stage_id;
    filters.push({ rows: dossiers.by('stage', stage_id), matches });
  }
  return filters;
};
