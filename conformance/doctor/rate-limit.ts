import type { RateLimitFacts } from '../targets/description.ts';
import type { Finding } from './findings.ts';
import type { ProbeAnswer } from './probe.ts';

const chapter = 'Rate limit';

export interface RateLimitCheck {
  /** A response to a read with the API key of a run. */
  readonly answer: ProbeAnswer;
  readonly facts: RateLimitFacts | undefined;
  /** How many rules can be executed. */
  readonly rules: number;
}

/** Roughly the requests of a rule with the usual number of cases. */
const requestsPerRule = 40;

/** Describes the rate limit of the organisation of a run, and how long a run takes with it. */
export const checkRateLimit = ({ answer, facts, rules }: RateLimitCheck): Finding[] => {
  const limit = readWhole(answer, 'x-ratelimit-limit');
  const remaining = readWhole(answer, 'x-ratelimit-remaining');
  if (limit === undefined && answer.status === 429) {
    const text = 'The rate limit is used up for now, so its figures are unknown.';
    return [{ chapter, mark: 'warn', text, next: 'Try again after the rate-limit window ends.' }];
  }
  if (limit === undefined) {
    const text = 'The responses of the target have no X-RateLimit-Limit.';
    return [{ chapter, mark: 'warn', text, next: 'A run will report this too: see LG-LIM-009.' }];
  }
  const left = remaining === undefined ? '' : `, of which ${String(remaining)} are left`;
  return [
    { chapter, mark: 'ok', text: `The limit is ${String(limit)} requests${left}.` },
    ...compare(limit, facts),
    estimate(limit, rules * requestsPerRule, facts),
  ];
};

const compare = (limit: number, facts: RateLimitFacts | undefined): Finding[] => {
  if (!facts || facts.requests === limit) return [];
  const text = `rateLimit.requests says ${String(facts.requests)}, but the responses of the target say ${String(limit)}.`;
  return [{ chapter, mark: 'wrong', text, next: 'Correct rateLimit.' }];
};

const estimate = (limit: number, requests: number, facts: RateLimitFacts | undefined): Finding => {
  const about = String(Math.ceil(requests / 100) * 100);
  const windows = Math.ceil(requests / limit);
  if (windows <= 1) return { chapter, mark: 'ok', text: `A run sends about ${about} requests.` };
  const needs = `A run sends about ${about} requests, so it takes ${String(windows)} windows`;
  if (!facts) {
    const next = 'Set rateLimit in the configuration to see how long that is.';
    return { chapter, mark: 'warn', text: `${needs} of unknown length.`, next };
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
