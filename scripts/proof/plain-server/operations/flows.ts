import type { Operation } from '../call.ts';
import { types } from '../facts.ts';
import { byId, first } from '../lists/orders.ts';
import { page } from '../lists/pages.ts';
import { readFilter } from '../lists/parameters.ts';
import { showFlow, showStage } from '../views/parts.ts';
import { theFlow } from './named.ts';

export const listFlows: Operation = (call) => {
  const { installation, organization, query } = call;
  const passes = readFilter(installation, query, 'type', types);
  const ordered = installation.takes('LG-FLO-008', 1)
    ? organization.flows.toSorted(byId)
    : first(organization.flows, ({ is_default }) => is_default);
  const items = ordered.filter(({ type }) => passes(type));
  return page(call, items, (flow) => showFlow(call, flow), { maximum: 'LG-FLO-007' });
};

export const listFlowStages: Operation = (call) => {
  const { stages } = theFlow(call);
  const show = (stage: (typeof stages)[number]) => showStage(call, stage, true);
  if (call.installation.takes('LG-FLO-020', 1)) return page(call, stages, show);
  const { length } = stages;
  const meta = { total: length, page: 1, per_page: length };
  return { status: 200, body: { data: stages.map(show), meta } };
};
