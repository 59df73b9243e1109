import type { RateLimitFacts } from '../targets/description.ts';
import type { Finding } from './findings.ts';
import type { ProbeAnswer } from './probe.ts';

const chapter = 'Rate limit';

export interface RateLimitCheck {
  /** An answer to the key that a run works with. */
  readonly answer: ProbeAnswer;
  readonly facts: RateLimitFacts | undefined;
  /** How many rules can be judged. */
  readonly rules: number;
}

/** About so many requests does a rule send with the usual number of cases. */
const requestsPerRule = 40;

/** Tells the rate limit of the organisation that a run works in, and how long a run takes with it. */
export const checkRateLimit = ({ answer, facts, rules }: RateLimitCheck): Finding[] => {
  const limit = readWhole(answer, 'x-ratelimit-limit');
  const remaining = readWhole(answer, 'x-ratelimit-remaining');
  if (limit === undefined && answer.status === 429) {
    const text = 'It is used up for now, so its figures are not seen.';
    return [{ chapter, mark: 'warn', text, next: 'Ask again when it has passed.' }];
  }
  if (limit === undefined) {
    const text = 'Its answers tell no X-RateLimit-Limit.';
    return [{ chapter, mark: 'warn', text, next: 'A run will say so too: see LG-LIM-009.' }];
  }
  const left = remaining === undefined ? '' : `, of which ${String(remaining)} are left`;
  return [
    { chapter, mark: 'ok', text: `Its limit is ${String(limit)} requests${left}.` },
    ...compare(limit, facts),
    estimate(limit, rules * requestsPerRule, facts),
  ];
};

const compare = (limit: number, facts: RateLimitFacts | undefined): Finding[] => {
  if (!facts || facts.requests === limit) return [];
  const text = `rateLimit.requests says ${String(facts.requests)}, but its answers say ${String(limit)}.`;
  return [{ chapter, mark: 'wrong', text, next: 'Correct rateLimit.' }];
};

const estimate = (limit: number, requests: number, facts: RateLimitFacts | undefined): Finding => {
  const about = String(Math.ceil(requests / 100) * 100);
  const windows = Math.ceil(requests / limit);
  if (windows <= 1) return { chapter, mark: 'ok', text: `A run sends about ${about} requests.` };
  const needs = `A run sends about ${about} requests, so it takes ${String(windows)} windows`;
  if (!facts) {
    const next = 'Say rateLimit in the configuration to see how long that is.';
    return { chapter, mark: 'warn', text: `${needs}, whatever these last.`, next };
  }
  const minutes = (windows * facts.windowSeconds) / 60;
  return {
    chapter,
    mark: minutes > 10 ? 'warn' : 'ok',
    text: `${needs} of ${String(facts.windowSeconds)} s: ${describeMinutes(minutes)} at least.`,
    ...(minutes > 10 && { next: 'Give the organisation a higher limit, or use --profile smoke.' }),
  };
};

const describeMinutes = (minutes: number): string => {
  if (minutes < 2) return `${String(Math.ceil(minutes * 60))} s`;
  if (minutes < 120) return `${String(Math.ceil(minutes))} min`;
  return `${String(Math.ceil(minutes / 60))} h`;
};

const readWhole = ({ headers }: ProbeAnswer, name: string): number | undefined => {
  const text = headers.get(name) ?? '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
};
