import { type Handler, ok } from '../http/handler.ts';
import { notFound } from '../http/refusals.ts';
import { pageInOrder } from '../state/page.ts';
import type { Flow } from '../state/records.ts';
import type { Rows } from '../state/sequence.ts';

/**
 * Lists flows, the default ones first, then by creation; their stages by position (LG-FLO-001 to
 * LG-FLO-008).
 */
export const listFlows: Handler<'listFlows'> = ({ query, organization }) => {
  const flows = inOrder(organization.flows.rows).filter(
    ({ type }) => query.type === undefined || type === query.type,
  );
  return ok(pageInOrder(flows, query));
};

/** Sorting is stable, so that flows otherwise stay in the order of creation. */
const inOrder = (rows: Rows<Flow>): Flow[] =>
  [...rows].sort((a, b) => Number(b.is_default) - Number(a.is_default));

/**
 * Returns all stages of a flow by position, as one page whose size is their number (LG-FLO-017 to
 * LG-FLO-021). Refuses an unknown flow (not_found).
 */
export const listFlowStages: Handler<'listFlowStages'> = ({ params, organization }) => {
  const flow = organization.flows.get(params.id);
  if (!flow) throw notFound('Flow');
  return ok(pageInOrder(flow.stages, { page: 1, per_page: flow.stages.length }));
};
