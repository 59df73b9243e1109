import { ok, type Handler } from '../http/handler.ts';
import type { Flow } from '../state/records.ts';
import { pageInOrder } from '../state/page.ts';
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

/** An organisation has a handful of flows; sorting is stable. */
const inOrder = (rows: Rows<Flow>): Flow[] =>
  [...rows].sort((a, b) => Number(b.is_default) - Number(a.is_default));
