import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { computeVerdict, readCoverage } from '../report/verdict.ts';
import { rules } from '../rules/index.ts';
import { createRunner } from '../runner/runner.ts';
import { type Target, withoutProvisioning } from '../targets/target.ts';

const contract = readContract();
const register = readRegister();
const now = Date.parse('2026-05-04T08:30:00Z');
const date = 'Mon, 04 May 2026 08:30:00 GMT';

/** A rule with one request, a rule that generates values, and the ambient rules about 429. */
const executed = rules.filter(({ id }) =>
  [
    'notes/internal-kept',
    'notes/content',
    'dossiers/created-at',
    'limits/retry-after',
    'ambient/retry-after',
    'ambient/retry-after-time',
  ].includes(id),
);

/** A target that refuses everything for the rate limit, with this Retry-After. */
const runAgainst = async (retryAfter: string | undefined) => {
  const waits: number[] = [];
  const target: Target = {
    ...{ url: 'http://127.0.0.1:1/api', offers: new Set(['fresh-organizations'] as const) },
    ...{ omissions: [], ephemeral: true, intention: '', close: () => Promise.resolve() },
    webhook: { listen: { host: '127.0.0.1', port: 0 } },
    organization: () =>
      Promise.resolve({ ...withoutProvisioning, key: () => Promise.resolve('lg_live_x') }),
  };
  const headers = {
    ...{ date, 'content-type': 'application/json' },
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  };
  const refusal = JSON.stringify({ error: { code: 'rate_limited', message: 'Later.' } });
  let requests = 0;
  const outcomes = await createRunner({
    ...{ contract, register, target },
    run: { rules: executed, seed: 1, runs: 8, timeout: 1_000 },
    surroundings: {
      send: () => {
        requests += 1;
        return Promise.resolve({ status: 429, headers, body: refusal });
      },
      now: () => now,
      sleep: (milliseconds) => Promise.resolve(void waits.push(milliseconds / 1000)),
    },
    interruption: new AbortController().signal,
  }).runAll();
  const endings = Object.fromEntries(outcomes.map(({ id, outcome }) => [id, outcome]));
  const reasons = outcomes.flatMap(({ id, reason = '' }) => (id === 'notes/content' ? reason : []));
  const coverage = readCoverage(register, outcomes, new Map());
  return {
    endings,
    reasons,
    waits,
    requests,
    verdict: computeVerdict(outcomes, coverage),
  };
};

const others = {
  'notes/internal-kept': 'not-verified',
  'notes/content': 'not-verified',
  'dossiers/created-at': 'not-verified',
  // It needs a rate limit that it may use up.
  'limits/retry-after': 'not-verified',
};

describe('a target that refuses everything for the rate limit', () => {
  it.each([undefined, ''])('without Retry-After (%j) violates only LG-LIM-002', async (value) => {
    const { endings, reasons, waits, verdict } = await runAgainst(value);
    expect(endings).toEqual({
      ...others,
      'ambient/retry-after': 'failed',
      'ambient/retry-after-time': 'not-verified',
    });
    expect(reasons).toEqual([expect.stringContaining('It met a 429 without Retry-After')]);
    expect(waits).toEqual([]);
    expect(verdict).toBe('non-conformant');
  });

  it.each(['-5', 'soon', '1.5', '2026-05-04T08:30:07Z', '1e3', '5, 7'])(
    'with "%s" as Retry-After violates only LG-LIM-021, and is not waited for',
    async (value) => {
      const { endings, reasons, waits, verdict } = await runAgainst(value);
      expect(endings).toEqual({
        ...others,
        'ambient/retry-after': 'passed',
        'ambient/retry-after-time': 'failed',
      });
      expect(reasons).toEqual([expect.stringContaining(`with "${value}" as Retry-After`)]);
      expect(waits).toEqual([]);
      expect(verdict).toBe('non-conformant');
    },
  );

  it.each([
    ['seconds', '4'],
    ['no time at all', '0'],
    ['a date to come', 'Mon, 04 May 2026 08:30:07 GMT'],
    ['a date that is past', 'Mon, 04 May 2026 08:00:00 GMT'],
    ['a date in the form of RFC 850', 'Monday, 04-May-26 08:30:07 GMT'],
    ['a date in the form of asctime', 'Mon May  4 08:30:07 2026'],
  ])('for ever, with %s (%s), leaves the rest unverified', async (_, value) => {
    const { endings, reasons, waits, verdict } = await runAgainst(value);
    expect(endings).toEqual({
      ...others,
      'ambient/retry-after': 'passed',
      'ambient/retry-after-time': 'passed',
    });
    expect(reasons).toEqual([expect.stringContaining('has answered only 429 since')]);
    expect(waits.length).toBeGreaterThan(0);
    expect(verdict).toBe('incomplete');
  });

  it.each(['86400', 'Fri, 01 Jan 2100 00:00:00 GMT'])(
    'with a Retry-After that is too long to wait for (%s) leaves the rest unverified at once',
    async (value) => {
      const { endings, reasons, waits, verdict } = await runAgainst(value);
      expect(new Set(Object.values(endings))).toEqual(new Set(['not-verified', 'passed']));
      expect(reasons).toEqual([expect.stringContaining('Give the organisation a higher')]);
      expect(waits).toEqual([]);
      expect(verdict).toBe('incomplete');
    },
  );

  it('gets one request of each rule, and none with simpler values', async () => {
    expect((await runAgainst(undefined)).requests).toBe(3);
  });
});
