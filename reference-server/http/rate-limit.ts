import type { Plan } from '../../openapi/contract.ts';
import type { Clock } from '../runtime/services.ts';
import type { Organization } from '../state/organization.ts';
import type { RateLimit } from '../state/records.ts';
import { Refusal } from './refusals.ts';

/** What is left of the current window. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** In whole seconds, at least 1; only when the request exceeds the limit. */
  readonly retryAfter?: number;
}

export interface RateLimiter {
  /**
   * Counts one request of the organisation; a request over the limit isn't counted (LG-LIM-018).
   */
  readonly countRequest: (organization: Organization) => Allowance;
}

/**
 * A fixed window for each organisation, which opens with the first request (LG-LIM-006 to
 * LG-LIM-008). The limit is the organisation's own, or else its plan's.
 */
export const createRateLimiter = (
  plans: Readonly<Record<string, Plan>>,
  clock: Clock,
): RateLimiter => {
  const standard = standardLimit(plans);
  return {
    countRequest: ({ rateLimit, plan, window }) =>
      spendRequest(rateLimit ?? plans[plan]?.rateLimit ?? standard, window, clock.now()),
  };
};

/** An unused window of the plan that has access to the API. */
export const createStandardAllowance = (plans: Readonly<Record<string, Plan>>): Allowance => {
  const { requests } = standardLimit(plans);
  return { limit: requests, remaining: requests };
};

const standardLimit = (plans: Readonly<Record<string, Plan>>): RateLimit => {
  const limit = Object.values(plans).find((plan) => plan.rateLimit)?.rateLimit;
  if (!limit) throw new Error('No plan of the contract has a rate limit.');
  return limit;
};

const spendRequest = (
  { requests, windowSeconds }: RateLimit,
  window: Organization['window'],
  now: number,
): Allowance => {
  const length = windowSeconds * 1000;
  if (window.openedAt === undefined || now >= window.openedAt + length) {
    window.openedAt = now;
    window.spent = 0;
  }
  if (window.spent >= requests) {
    const retryAfter = Math.max(1, Math.ceil((window.openedAt + length - now) / 1000));
    return { limit: requests, remaining: 0, retryAfter };
  }
  window.spent += 1;
  return { limit: requests, remaining: requests - window.spent };
};

/**
 * The rate-limit headers of a response (LG-LIM-009, LG-LIM-010, LG-LIM-016); none until the
 * caller's limit is known (LG-LIM-024).
 */
export const rateLimitHeaders = (allowance: Allowance | undefined): Record<string, string> =>
  allowance === undefined
    ? {}
    : {
        'X-RateLimit-Limit': String(allowance.limit),
        'X-RateLimit-Remaining': String(allowance.remaining),
      };

/** @throws Refusal rate_limited, with Retry-After in seconds (LG-LIM-001 to LG-LIM-004) */
export const requireAllowance = ({ limit, retryAfter }: Allowance): void => {
  if (retryAfter === undefined) return;
  const wait = retryAfter === 1 ? '1 second' : `${retryAfter} seconds`;
  throw new Refusal(
    'rate_limited',
    `All ${limit} requests of this window are used. Try again in ${wait}.`,
    { 'Retry-After': String(retryAfter) },
  );
};
