import type { Draft } from '../http/request.ts';
import type { Planned } from './draft.ts';

/** How many smaller requests are tried. */
const mostAttempts = 40;

/** Takes away from a request what it doesn't need to show the same problem. */
export const shrink = async (
  planned: Planned,
  isStill: (smaller: Planned) => Promise<boolean>,
): Promise<Planned> => {
  let best = planned;
  let attempts = 0;
  for (let progress = true; progress;) {
    progress = false;
    for (const draft of smallerOnes(best.draft)) {
      if (++attempts > mostAttempts) return best;
      const candidate = { ...best, draft };
      if (await isStill(candidate)) {
        best = candidate;
        progress = true;
        break;
      }
    }
  }
  return best;
};

const smallerOnes = (draft: Draft): Draft[] => [
  ...(draft.chunked ? [{ ...draft, chunked: false }] : []),
  ...draft.query.map((_, index) => ({ ...draft, query: without(draft.query, index) })),
  ...draft.headers.map((_, index) => ({ ...draft, headers: without(draft.headers, index) })),
  ...smallerBodies(draft.body).map((body) => ({ ...draft, body })),
];

const smallerBodies = (body: Buffer | undefined): (Buffer | undefined)[] => {
  if (!body) return [];
  if (body.subarray(0, 2).toString() === '--') return smallerForms(body);
  const fields = fieldsOf(body);
  if (!fields) return [undefined];
  const smaller = fields.map((_, index) => Object.fromEntries(without(fields, index)));
  return [undefined, ...smaller.map((object) => Buffer.from(JSON.stringify(object)))];
};

/** A form without one of its parts. */
const smallerForms = (body: Buffer): Buffer[] => {
  const text = body.toString('latin1');
  const [boundary = ''] = text.split('\r\n', 1);
  const [, ...parts] = text.split(boundary);
  const end = parts.pop() ?? '';
  return parts.map((_, index) =>
    Buffer.from(['', ...without(parts, index), end].join(boundary), 'latin1'),
  );
};

const fieldsOf = (body: Buffer): [string, unknown][] | undefined => {
  try {
    const whole: unknown = JSON.parse(body.toString('utf8'));
    return typeof whole === 'object' && whole !== null ? Object.entries(whole) : undefined;
  } catch {
    return undefined;
  }
};

const without = <T>(list: readonly T[], index: number): T[] =>
  list.filter((_, other) => other !== index);
