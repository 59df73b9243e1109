import { ok } from '../http/handler.ts';
import { invalid } from '../http/refusals.ts';
import { timestamp } from '../runtime/services.ts';
import type { WebhookEndpoint } from '../state/records.ts';
import { describeAddressProblem, formatAddress } from '../webhooks/endpoint-address.ts';
import { queuedBytes } from '../webhooks/queue.ts';
import { endpointState } from '../webhooks/retry-schedule.ts';
import { type ControlHandler, findOrganization } from './handler.ts';

/** The prefix of webhook secrets, by which they are recognised. */
export const secretPrefix = 'whsec_';

/** Enough to make guessing impossible. */
const secretBytes = 24;

/** Adds an endpoint with its own secret (LG-SIG-011, LG-WEB-035). */
export const createWebhookEndpoint: ControlHandler<'createWebhookEndpoint'> = ({
  params,
  body: { url },
  state,
  services,
}) => {
  const organization = findOrganization(state, params);
  const problem = describeAddressProblem(url);
  if (problem !== undefined) throw invalid(problem);
  const random = services.randomBytes(secretBytes).toString('base64url');
  const secret = `${secretPrefix}${random}`;
  const endpoint = { id: services.newId(), url, secret };
  organization.webhookEndpoints.insert(endpoint);
  return ok({ data: endpoint });
};

/** Returns the state of the endpoints, without secrets and passwords. */
export const listWebhookEndpoints: ControlHandler<'listWebhookEndpoints'> = ({
  params,
  state,
  queueLimits,
}) => {
  const { webhookEndpoints, pendingDeliveries } = findOrganization(state, params);
  const describeEndpoint = (endpoint: WebhookEndpoint) => {
    const { id, url, failures = 0, paused, dropped } = endpoint;
    const queue = pendingDeliveries.by('endpoint', id);
    return {
      ...{
        id,
        url: formatAddress(url),
        state: endpointState(endpoint),
        failures_in_a_row: failures,
      },
      paused_since: paused?.since ?? null,
      next_attempt_at: paused ? timestamp(paused.until) : null,
      ...{ waiting_events: queue.length, waiting_bytes: queuedBytes(queue) },
      ...{ most_waiting_events: queueLimits.events, most_waiting_bytes: queueLimits.bytes },
      dropped_events: dropped?.count ?? 0,
    };
  };
  return ok({ data: [...webhookEndpoints.rows].map(describeEndpoint) });
};

/** Returns the delivery log, the oldest entry first. */
export const listDeliveries: ControlHandler<'listDeliveries'> = ({ params, state }) => {
  const { deliveryAttempts } = findOrganization(state, params);
  return ok({ data: [...deliveryAttempts.rows].map(({ id: _, ...attempt }) => attempt) });
};
