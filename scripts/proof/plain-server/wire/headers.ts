import type { Installation } from '../installation.ts';
import { usualLimit } from '../state/organizations.ts';
import type { Hearing } from './checks.ts';
import type { Verdict } from './judge.ts';

export type Headers = Record<string, string | string[]>;

/** What stands above the body of an answer. */
export const headersOf = (hearing: Hearing, verdict: Verdict): Headers => ({
  ...verdict.headers,
  ...rateHeaders(hearing, verdict),
  'content-type': mediaType(hearing.installation, verdict.status),
  ...dateHeader(hearing.installation),
  ...(hearing.installation.freedoms.extraHeaders && {
    'x-request-id': hearing.installation.ids.uuid(),
    'set-cookie': ['visit=1', 'theme=dark'],
    'cache-control': 'no-store',
    'www-authenticate': 'Bearer',
  }),
});

const mediaType = ({ choice }: Installation, status: number): string => {
  if (choice('LG-GEN-004') === 1) return 'application/json; charset=utf-8';
  const problem = choice('LG-GEN-004') === 2 && status >= 400;
  return problem ? 'application/problem+json' : 'application/json';
};

/** How much remains under another limit than the one that was hit (LG-LIM-020). */
const elsewhere = 5;
/** The figures of a limit for those without access (LG-LIM-024). */
const strangersLimit = 60;

const rateHeaders = (hearing: Hearing, { status }: Verdict): Headers => {
  const { installation, key, rates } = hearing;
  const { choice, takes } = installation;
  const unspent = takes('LG-LIM-024', 2) ? strangersLimit : usualLimit(installation).requests;
  const access = key?.organization.plan === 'growth';
  if (!access && [401, 402].includes(status) && choice('LG-LIM-024') === 0) return {};
  const limit = access ? key.organization.limit.requests : unspent;
  const left = access ? Math.max(0, rates.of(key).left()) : unspent;
  const hit = status === 429;
  const remaining = hit ? (takes('LG-LIM-020', 1) ? Math.min(limit, elsewhere) : 0) : left;
  const refused = status >= 300 ? choice('LG-LIM-016') : 0;
  return {
    ...(refused !== 1 && { 'x-ratelimit-limit': String(limit) }),
    ...(refused !== 2 && { 'x-ratelimit-remaining': String(remaining) }),
  };
};

/** The date by the server's own clock, where that isn't the clock of everybody. */
const dateHeader = ({ now, realNow }: Installation): Headers =>
  Math.abs(now() - realNow()) < 1_000 ? {} : { date: new Date(now()).toUTCString() };
