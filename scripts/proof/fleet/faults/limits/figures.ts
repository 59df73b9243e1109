import { onAnswer } from '../../../../../conformance/liars/answers.ts';
import { onVisit } from '../../bend/visits.ts';
import { fault, onWire, type Fault } from '../../fault.ts';

const [limit, remaining] = ['x-ratelimit-limit', 'x-ratelimit-remaining'];

/** Changes the two figures where an answer has both. */
const onFigures = (
  change: (limit: number, remaining: number) => readonly [limit: number, remaining: number],
) =>
  onAnswer('all', ({ headers }) => {
    const figures = [headers.get(limit), headers.get(remaining)];
    if (figures.includes(null)) return;
    const [all, left] = change(Number(figures[0]), Number(figures[1]));
    headers.set(limit, String(all));
    headers.set(remaining, String(left));
  });

/** Refuses once half of the limit is used up; gives the answers what that leaves. */
const halfLetIn = (change: (limit: number, remaining: number) => number): Fault['bend'] =>
  onVisit(() => async ({ request, organization }, fetch) => {
    const allowed = organization?.rateLimit?.requests;
    if (!organization || allowed === undefined) return fetch(request);
    const { window } = organization;
    if (window.openedAt !== undefined && window.spent >= Math.ceil(allowed / 2)) {
      window.spent = allowed;
    }
    const response = await fetch(request);
    const left = response.headers.get(remaining);
    if (left === null || response.status === 429) return response;
    const headers = new Headers(response.headers);
    headers.set(remaining, String(change(allowed, Number(left))));
    return new Response(response.body, { status: response.status, headers });
  });

/** How the figures of the limit fit each other, and what is let in. */
export const figures: readonly Fault[] = [
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
  fault(
    'limits/half-let-in',
    'LG-LIM-022',
    'refuses for the whole window when half of the limit is used up',
    halfLetIn((_, left) => left),
  ),
  onWire(
    'limits/slow-remaining',
    'LG-LIM-022',
    'lowers what remains at every second request alone, so that half is left at the refusal',
    onAnswer('all', ({ headers, status }) => {
      const [all, left] = [Number(headers.get(limit)), Number(headers.get(remaining))];
      if (status < 300) headers.set(remaining, String(Math.floor((all + left) / 2)));
    }),
  ),
  fault(
    'limits/remaining-of-half',
    'LG-LIM-023',
    'counts down from half of the limit that it shows, and refuses there',
    halfLetIn((all, left) => Math.max(0, left - Math.floor(all / 2))),
  ),
  onWire(
    'limits/remaining-lowered',
    'LG-LIM-023',
    'keeps a tenth of the limit back from what remains, two requests at least',
    onFigures((all, left) => [all, Math.max(0, left - Math.max(2, Math.ceil(all / 10)))]),
  ),
];
