import { onAnswer, type Answer } from '../../../../../conformance/liars/answers.ts';
import { onWire, type Fault } from '../../fault.ts';

const [limit, remaining, advice] = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'retry-after'];

/** Bends a header where it is present. */
const onHeader = (name: string, bend: (value: number, answer: Answer) => string | number) =>
  onAnswer('all', (answer) => {
    const { headers } = answer;
    const value = headers.get(name);
    if (value !== null) headers.set(name, String(bend(Number(value), answer)));
  });

/** What the headers of limits say. */
export const limitHeaders: readonly Fault[] = [
  onWire(
    'limits/no-advice-on-creations',
    'LG-LIM-002',
    'leaves Retry-After out where something was to be created',
    onAnswer(['createDossier', 'createContact', 'createDossierNote'], ({ headers }) => {
      headers.delete(advice);
    }),
  ),
  onWire(
    'limits/empty-advice',
    'LG-LIM-002',
    'sends a Retry-After with nothing in it',
    onHeader(advice, () => ''),
  ),
  onWire(
    'limits/advice-once',
    'LG-LIM-002',
    'says when to try again on the first refusal alone',
    (fetch, name) => {
      let told = false;
      return onAnswer('all', ({ status, headers }) => {
        if (status !== 429) return;
        if (told) headers.delete(advice);
        told = true;
      })(fetch, name);
    },
  ),
  onWire(
    'limits/unasked-without-time',
    'LG-LIM-002',
    'answers every second reading of a contact with 429, far from the limit and without Retry-After',
    (fetch, name) => {
      let served = 0;
      return onAnswer(['getContact'], (answer) => {
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
    onHeader(advice, (seconds) => -seconds),
  ),
  onWire(
    'limits/time-in-words',
    'LG-LIM-021',
    'gives the time to try again in words',
    onHeader(advice, (seconds) => `${seconds} seconds`),
  ),
  onWire(
    'limits/time-with-fraction',
    'LG-LIM-021',
    'gives parts of a second as the time to try again',
    onHeader(advice, (seconds) => (seconds - 0.5).toFixed(1)),
  ),
  onWire(
    'limits/time-as-timestamp',
    'LG-LIM-021',
    'gives the moment to try again in ISO 8601',
    onHeader(advice, (seconds) => new Date(Date.now() + seconds * 1000).toISOString()),
  ),
  onWire(
    'limits/whole-minutes',
    'LG-LIM-003',
    'tells the whole minutes that are left as the seconds to wait',
    onHeader(advice, (seconds) => Math.floor(seconds / 60)),
  ),
  onWire(
    'limits/date-in-the-past',
    'LG-LIM-003',
    'tells the beginning of the window as the date to try again',
    onHeader(advice, () => new Date(Date.now() - 60_000).toUTCString()),
  ),
  onWire(
    'limits/half-the-wait',
    'LG-LIM-003',
    'tells half of the time that is left',
    onHeader(advice, (seconds) => Math.floor(seconds / 2)),
  ),
  onWire('limits/growing-wait', 'LG-LIM-003', 'bars a key for good that goes too far', (fetch) => {
    const barred = new Map<string | null, Response>();
    return async (request) => {
      const key = request.headers.get('authorization');
      const answer = barred.get(key) ?? (await fetch(request));
      if (answer.status === 429) barred.set(key, answer.clone());
      return answer;
    };
  }),
  onWire(
    'limits/limit-of-reads',
    'LG-LIM-009',
    'tells the limit on reading alone',
    onAnswer('all', ({ headers }, { method }) => {
      if (method !== 'GET') headers.delete(limit);
    }),
  ),
  onWire(
    'limits/other-names',
    'LG-LIM-009',
    'tells the limit of forms under the name of a draft standard',
    onAnswer(['uploadDossierCv'], ({ headers }) => {
      headers.set('ratelimit-limit', headers.get(limit) ?? '');
      headers.delete(limit);
    }),
  ),
  onWire(
    'limits/unlink-without-remaining',
    'LG-LIM-010',
    'leaves out what remains where a contact is unlinked',
    onAnswer(['unlinkDossierContact'], ({ headers }) => {
      headers.delete(remaining);
    }),
  ),
  onWire(
    'limits/flows-without-remaining',
    'LG-LIM-010',
    'leaves out what remains on the answers of the server that has the flows',
    onAnswer(['listFlows', 'listFlowStages'], ({ headers }) => {
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
