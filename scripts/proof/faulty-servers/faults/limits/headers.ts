import { type MutableResponse, onResponse } from '../../../../../conformance/faults/inject.ts';
import { type FaultyServer, faultyServer, onWire } from '../../faulty-server.ts';
import { onIncoming } from '../../inject/requests.ts';

const [limit, remaining, retryAfter] = [
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'retry-after',
];

/** Changes a rate-limit header where it is present. */
const onHeader = (
  name: string,
  inject: (value: number, answer: MutableResponse) => string | number,
) =>
  onResponse('all', (answer) => {
    const { headers } = answer;
    const value = headers.get(name);
    if (value !== null) headers.set(name, String(inject(Number(value), answer)));
  });

/** Faults in the rate-limit headers. */
export const limitHeaderFaults: readonly FaultyServer[] = [
  onWire(
    'limits/no-advice-on-creations',
    'LG-LIM-002',
    'leaves Retry-After out where something was to be created',
    onResponse(['createDossier', 'createContact', 'createDossierNote'], ({ headers }) => {
      headers.delete(retryAfter);
    }),
  ),
  onWire(
    'limits/empty-advice',
    'LG-LIM-002',
    'sends a Retry-After with nothing in it',
    onHeader(retryAfter, () => ''),
  ),
  onWire(
    'limits/advice-once',
    'LG-LIM-002',
    'says when to try again on the first refusal alone',
    (fetch, name) => {
      let isSentOnce = false;
      return onResponse('all', ({ status, headers }) => {
        if (status !== 429) return;
        if (isSentOnce) headers.delete(retryAfter);
        isSentOnce = true;
      })(fetch, name);
    },
  ),
  onWire(
    'limits/unasked-without-time',
    'LG-LIM-002',
    'answers every second reading of a contact with 429, far from the limit and without Retry-After',
    (fetch, name) => {
      let served = 0;
      return onResponse(['getContact'], (answer) => {
        if (answer.status >= 300 || (served += 1) % 2 === 1) return;
        answer.status = 429;
        answer.body = { error: { code: 'rate_limited', message: 'Later.' } };
      })(fetch, name);
    },
  ),
  onWire(
    'limits/negative-time',
    'LG-LIM-021',
    'gives the time to try again as seconds below zero',
    onHeader(retryAfter, (seconds) => -seconds),
  ),
  onWire(
    'limits/time-in-words',
    'LG-LIM-021',
    'gives the time to try again in words',
    onHeader(retryAfter, (seconds) => `${seconds} seconds`),
  ),
  onWire(
    'limits/time-with-fraction',
    'LG-LIM-021',
    'gives parts of a second as the time to try again',
    onHeader(retryAfter, (seconds) => (seconds - 0.5).toFixed(1)),
  ),
  onWire(
    'limits/time-as-timestamp',
    'LG-LIM-021',
    'gives the moment to try again in ISO 8601',
    onHeader(retryAfter, (seconds) => new Date(Date.now() + seconds * 1000).toISOString()),
  ),
  onWire(
    'limits/whole-minutes',
    'LG-LIM-003',
    'tells the whole minutes that are left as the seconds to wait',
    onHeader(retryAfter, (seconds) => Math.floor(seconds / 60)),
  ),
  onWire(
    'limits/date-in-the-past',
    'LG-LIM-003',
    'tells the beginning of the window as the date to try again',
    onHeader(retryAfter, () => new Date(Date.now() - 60_000).toUTCString()),
  ),
  onWire(
    'limits/half-the-wait',
    'LG-LIM-003',
    'tells half of the time that is left',
    onHeader(retryAfter, (seconds) => Math.floor(seconds / 2)),
  ),
  onWire('limits/growing-wait', 'LG-LIM-003', 'bars a key for good that goes too far', (fetch) => {
    const refusals = new Map<string | null, Response>();
    return async (request) => {
      const key = request.headers.get('authorization');
      const answer = refusals.get(key) ?? (await fetch(request));
      if (answer.status === 429) refusals.set(key, answer.clone());
      return answer;
    };
  }),
  onWire(
    'limits/limit-of-reads',
    'LG-LIM-009',
    'tells the limit on reading alone',
    onResponse('all', ({ headers }, { method }) => {
      if (method !== 'GET') headers.delete(limit);
    }),
  ),
  onWire(
    'limits/other-names',
    'LG-LIM-009',
    'tells the limit of forms under the name of a draft standard',
    onResponse(['uploadDossierCv'], ({ headers }) => {
      headers.set('ratelimit-limit', headers.get(limit) ?? '');
      headers.delete(limit);
    }),
  ),
  onWire(
    'limits/unlink-without-remaining',
    'LG-LIM-010',
    'leaves out what remains where a contact is unlinked',
    onResponse(['unlinkDossierContact'], ({ headers }) => {
      headers.delete(remaining);
    }),
  ),
  onWire(
    'limits/flows-without-remaining',
    'LG-LIM-010',
    'leaves out what remains on the answers of the server that has the flows',
    onResponse(['listFlows', 'listFlowStages'], ({ headers }) => {
      headers.delete(remaining);
    }),
  ),
  onWire(
    'limits/limit-with-window',
    'LG-LIM-011',
    'tells the window together with the limit',
    onHeader(limit, (value) => `${value};w=60`),
  ),
  onWire(
    'limits/limit-per-second',
    'LG-LIM-011',
    'tells the limit of a second, which may be less than one',
    onHeader(limit, (value) => (value < 60 ? 0 : value)),
  ),
  onWire(
    'limits/share-remaining',
    'LG-LIM-012',
    'tells which share of the limit remains',
    onHeader(remaining, (value) => (value / 600).toFixed(3)),
  ),
  onWire(
    'limits/one-remaining-too-many',
    'LG-LIM-012',
    'tells more than the limit before the first request is counted',
    onHeader(remaining, (value, { headers }) =>
      value === Number(headers.get(limit)) - 1 ? value + 2 : value,
    ),
  ),
  onWire(
    'limits/below-nothing',
    'LG-LIM-012',
    'counts refused requests as well, so that less than nothing remains',
    onHeader(remaining, (value, { status }) => (status === 429 ? value - 1 : value)),
  ),
  onWire(
    'limits/same-remaining',
    'LG-LIM-014',
    'tells the limit as what remains',
    onHeader(remaining, (_, { headers }) => headers.get(limit) ?? ''),
  ),
  onWire(
    'limits/used-instead',
    'LG-LIM-014',
    'tells how much is used up as what remains',
    onHeader(remaining, (value, { headers }) => Number(headers.get(limit)) - value),
  ),
];

const [limitHeader, remainingHeader] = ['x-ratelimit-limit', 'x-ratelimit-remaining'];

/** Changes limit and remaining requests where a response has both. */
const onFigures = (
  change: (limit: number, remaining: number) => readonly [limit: number, remaining: number],
) =>
  onResponse('all', ({ headers }) => {
    const figures = [headers.get(limitHeader), headers.get(remainingHeader)];
    if (figures.includes(null)) return;
    const [all, left] = change(Number(figures[0]), Number(figures[1]));
    headers.set(limitHeader, String(all));
    headers.set(remainingHeader, String(left));
  });

/**
 * Refuses requests once half of the limit is used up; `change` computes the remaining requests that
 * are shown.
 */
const refuseAtHalf = (
  change: (limit: number, remaining: number) => number,
): FaultyServer['inject'] =>
  onIncoming(() => async ({ request, organization }, fetch) => {
    const allowed = organization?.rateLimit?.requests;
    if (!organization || allowed === undefined) return fetch(request);
    const { window } = organization;
    if (window.openedAt !== undefined && window.spent >= Math.ceil(allowed / 2)) {
      window.spent = allowed;
    }
    const response = await fetch(request);
    const left = response.headers.get(remainingHeader);
    if (left === null || response.status === 429) return response;
    const headers = new Headers(response.headers);
    headers.set(remainingHeader, String(change(allowed, Number(left))));
    return new Response(response.body, { status: response.status, headers });
  });

/** Faults in how limit, remaining requests and refusals fit together. */
export const limitFigureFaults: readonly FaultyServer[] = [
  onWire(
    'limits/limit-doubled',
    'LG-LIM-022',
    'shows twice the limit that it holds requests to',
    onFigures((all, left) => [2 * all, left]),
  ),
  onWire(
    'limits/figures-doubled',
    'LG-LIM-022',
    'shows twice the limit, and twice of what remains',
    onFigures((all, left) => [2 * all, 2 * left]),
  ),
  onWire(
    'limits/limit-halved',
    'LG-LIM-022',
    'shows half of the limit that it holds requests to',
    onFigures((all, left) => {
      const half = Math.max(1, Math.floor(all / 2));
      return [half, Math.min(half, left)];
    }),
  ),
  onWire(
    'limits/limit-of-the-plan',
    'LG-LIM-022',
    'shows the usual limit of the plan where an organisation has another one',
    onFigures((_, left) => [600, Math.min(600, left)]),
  ),
  faultyServer(
    'limits/half-let-in',
    'LG-LIM-022',
    'refuses for the whole window when half of the limit is used up',
    refuseAtHalf((_, left) => left),
  ),
  onWire(
    'limits/slow-remaining',
    'LG-LIM-022',
    'lowers what remains at every second request alone, so that half is left at the refusal',
    onResponse('all', ({ headers, status }) => {
      const [all, left] = [Number(headers.get(limitHeader)), Number(headers.get(remainingHeader))];
      if (status < 300) headers.set(remainingHeader, String(Math.floor((all + left) / 2)));
    }),
  ),
  faultyServer(
    'limits/remaining-of-half',
    'LG-LIM-023',
    'counts down from half of the limit that it shows, and refuses there',
    refuseAtHalf((all, left) => Math.max(0, left - Math.floor(all / 2))),
  ),
  onWire(
    'limits/remaining-lowered',
    'LG-LIM-023',
    'keeps a tenth of the limit back from what remains, two requests at least',
    onFigures((all, left) => [all, Math.max(0, left - Math.max(2, Math.ceil(all / 10)))]),
  ),
];
