import { ok, type Handler } from '../http/handler.ts';
import { notFound } from '../http/refusal.ts';
import { pageInOrder } from '../state/page.ts';

/**
 * Answers all stages of a flow by position, as one page that is exactly as long as they are
 * (LG-FLO-017 to LG-FLO-021). Refuses an unknown flow (not_found).
 */
export const listFlowStages: Handler<'listFlowStages'> = ({ params, organization }) => {
  const flow = organization.flows.get(params.id);
  if (!flow) throw notFound('Flow');
  return ok(pageInOrder(flow.stages, { page: 1, per_page: flow.stages.length }));
};
