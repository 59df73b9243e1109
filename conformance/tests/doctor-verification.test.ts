import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { defineRule } from '../context/rule.ts';
import { exitCodeOfFindings } from '../doctor/findings.ts';
import { checkRateLimit } from '../doctor/rate-limit.ts';
import { forecastVerification } from '../doctor/verification.ts';
import type { Capability } from '../targets/target.ts';
import { findingLines } from './fake-probe.ts';

const contract = readContract();

describe('the check of the rate limit', () => {
  const budget = (limit: string, facts?: { requests: number; windowSeconds: number }) => {
    const headers = new Headers(limit ? { 'x-ratelimit-limit': limit } : {});
    const common = { asked: '', text: '', json: undefined, sentAt: 0, receivedAt: 0 };
    const read = { status: 200, headers, ...common };
    return findingLines(checkRateLimit({ answer: read, facts, rules: 300 })).join('\n');
  };

  it('estimates how long a run takes', () => {
    expect(budget('600', { requests: 600, windowSeconds: 60 })).toContain(
      '20 windows of 60 s: 20 min',
    );
    expect(budget('6000', { requests: 6000, windowSeconds: 60 })).toMatch(/ok .*2 windows of 60 s/);
    expect(budget('600')).toContain('Set rateLimit in the configuration');
    expect(budget('100000')).toContain('ok A run sends about 12000 requests.');
    expect(budget('')).toContain('have no X-RateLimit-Limit');
  });

  it('reports a wrong limit in the configuration', () => {
    expect(budget('100', { requests: 600, windowSeconds: 60 })).toContain(
      'but the responses of the target say 100',
    );
  });
});

describe('the forecast of a run', () => {
  const rule = (id: 'LG-GEN-001' | 'LG-GEN-003' | 'LG-GEN-004', needs: readonly Capability[]) =>
    defineRule({
      ...{ id: `test/${id}`, level: 'MUST', verifies: [id], sentence: '', needs },
      check: () => Promise.resolve(),
      fault: (fetch) => fetch,
    });
  const register = readRegister().filter(({ id }) => /^LG-GEN-00[134]$/.test(id));
  const prospect = {
    ...{ contract, register, omissions: [], scopedKeys: undefined },
    rules: [
      rule('LG-GEN-001', []),
      rule('LG-GEN-003', ['flows', 'fresh-organizations']),
      rule('LG-GEN-004', ['scoped-keys']),
    ],
  };

  it('is grouped by what is missing, with what would unlock it', () => {
    const { findings, verifiable } = forecastVerification({
      ...prospect,
      offers: new Set(['scoped-keys'] as const),
    });
    expect(verifiable).toBe(2);
    expect(findings).toHaveLength(2);
    expect(findings[0]?.text).toContain('2 of 3 requirements can be verified');
    expect(findings[1]).toMatchObject({ mark: 'open', requirements: ['LG-GEN-003'] });
    expect(findings[1]?.next).toContain(
      'a new organisation for each rule (--control, or provision.',
    );
    expect(exitCodeOfFindings(findings)).toBe(3);
  });

  it('lists the scopes of missing keys', () => {
    const scopedKeys = [{ scopes: [], key: 'k' }];
    const offers = new Set(['scoped-keys', 'flows', 'fresh-organizations'] as const);
    const { findings } = forecastVerification({ ...prospect, offers, scopedKeys });
    expect(findings[1]).toMatchObject({ mark: 'open', requirements: ['LG-GEN-004'] });
    expect(findings[1]?.next).toMatch(/under keys.byScopes: dossiers:read; .*all but notes:write/);
  });

  it('leaves out what is omitted', () => {
    const omissions = [{ requirements: ['LG-GEN-003'], reason: 'Not here.' }];
    const offers = new Set(['scoped-keys'] as const);
    const { findings } = forecastVerification({ ...prospect, offers, omissions });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.text).toContain('The configuration omits 1.');
  });
});
