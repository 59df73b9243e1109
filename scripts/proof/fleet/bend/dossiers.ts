import { ok } from '../../../../reference-server/http/handler.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import { pageNewestFirst } from '../../../../reference-server/state/page.ts';
import type { Dossier, Flow } from '../../../../reference-server/state/records.ts';
import type { Handlers } from '../fault.ts';
import type { Asked } from './replies.ts';

type Query = Asked<'listDossiers'>['query'];

/** Lists other dossiers than those that pass the filters: the newest first, and counted. */
export const listThose =
  (
    passes: (dossier: Dossier, query: Query, organization: Organization) => boolean,
  ): ((own: Handlers) => Partial<Handlers>) =>
  () => ({
    listDossiers: ({ organization, query }) =>
      ok(
        pageNewestFirst(organization.dossiers.rows, query, (one) =>
          passes(one, query, organization),
        ),
      ),
  });

/** Whether a dossier passes the filters, but for those that are overlooked. */
export const passes = (
  { type, status, current_stage_id }: Dossier,
  query: Query,
  ...overlooked: readonly (keyof Query)[]
): boolean => {
  const agrees = (name: 'type' | 'status' | 'stage_id', value: string) =>
    overlooked.includes(name) || (query[name] ?? value) === value;
  return agrees('type', type) && agrees('status', status) && agrees('stage_id', current_stage_id);
};

/** Changes what the server keeps of a dossier, past all that it looks after. */
export const rewrite = (
  { dossiers }: Organization,
  id: string,
  changes: Partial<Dossier>,
): Dossier => {
  const before = dossiers.get(id);
  if (!before) throw new Error(`There is no dossier ${id} to rewrite.`);
  const after = { ...before, ...changes };
  dossiers.replace(after);
  return after;
};

/** The flow that a dossier is in. */
export const flowOf = ({ flows }: Organization, { flow_id }: Pick<Dossier, 'flow_id'>): Flow => {
  const flow = flows.get(flow_id);
  if (!flow) throw new Error(`There is no flow ${flow_id}.`);
  return flow;
};

/** The same body without one of its fields. */
export const without = <Body extends object>(body: Body, field: keyof Body): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));
