import { describe, expect, it } from 'vitest';
import { countOfShare, usualGates } from '../report/gates.ts';
import {
  breakdownOfErrors,
  computeVerdict,
  exitCodeOf,
  type RequirementResult,
  type RequirementState,
  type Verdict,
  verificationOf,
} from '../report/verdict.ts';
import type { Outcome } from '../runner/outcome.ts';

const outcome = (ending: Outcome['outcome'], level: Outcome['level'] = 'MUST'): Outcome => ({
  id: 'area/name',
  level,
  verifies: ['LG-GEN-001'],
  sentence: 'It holds.',
  outcome: ending,
  reason: undefined,
  exchanges: 1,
  counterexample: undefined,
});

const requirement = (state: RequirementState): RequirementResult => ({
  id: 'LG-GEN-001',
  area: 'GEN',
  state,
  reason: undefined,
});

const verified = [requirement('verified')];

describe('the verdict', () => {
  it('is conformant when everything was verified, omitted or unobservable', () => {
    const all = [...verified, requirement('omitted'), requirement('unobservable')];
    expect(computeVerdict([outcome('passed'), outcome('omitted')], all)).toBe('conformant');
  });

  it('is non-conformant when a MUST failed', () => {
    expect(computeVerdict([outcome('passed'), outcome('failed')], verified)).toBe('non-conformant');
  });

  it('ignores a failed SHOULD, unless the run fails on SHOULD', () => {
    const deviation = [outcome('passed'), outcome('failed', 'SHOULD')];
    const all = [...verified, requirement('failed')];
    expect(computeVerdict(deviation, all)).toBe('conformant');
    expect(computeVerdict(deviation, all, { failOn: 'should' })).toBe('non-conformant');
  });

  it('is incomplete when a rule was not verified', () => {
    expect(computeVerdict([outcome('not-verified')], verified)).toBe('incomplete');
  });

  it('is none when a rule ended in an error, unless another failed', () => {
    const broken = [outcome('error'), outcome('not-verified')];
    expect(computeVerdict(broken, verified)).toBeNull();
    expect(computeVerdict([...broken, outcome('failed')], verified)).toBe('non-conformant');
    const reason = { ...outcome('error'), reason: 'The wire broke.' };
    expect(breakdownOfErrors([reason, reason])).toEqual({
      ...{ exitCode: 4, message: 'area/name ended in an error: The wire broke. (and 1 more)' },
    });
  });

  it('is conformant for a shard without rules, but not for one whose rules were not verified', () => {
    const judge = (ending: Outcome['outcome'], sharded: boolean) =>
      computeVerdict([outcome(ending)], [requirement('omitted')], { sharded });
    expect(judge('omitted', true)).toBe('conformant');
    expect(judge('omitted', false)).toBe('incomplete');
    expect(judge('not-verified', true)).toBe('incomplete');
  });

  it('is incomplete when a requirement has no rule', () => {
    const open = [...verified, requirement('not-verified')];
    expect(computeVerdict([outcome('passed')], open)).toBe('incomplete');
  });

  it('is incomplete when nothing was verified at all', () => {
    expect(computeVerdict([], [])).toBe('incomplete');
    expect(computeVerdict([outcome('omitted')], [requirement('omitted')])).toBe('incomplete');
  });
});

describe('the verdict with --min-verified', () => {
  const requirements = (verified: number, open: number, others: RequirementState[] = []) => [
    ...Array.from({ length: verified }, () => requirement('verified')),
    ...Array.from({ length: open }, () => requirement('not-verified')),
    ...others.map(requirement),
  ];
  const judge = (
    verified: number,
    open: number,
    options: Parameters<typeof computeVerdict>[2] = {},
    ...others: RequirementState[]
  ) =>
    computeVerdict(
      [outcome('passed'), { ...outcome('not-verified'), reason: 'It needs a key.' }],
      requirements(verified, open, others),
      { minVerified: 95, ...options },
    );

  it('is conformant as soon as the share is reached, whatever else is open', () => {
    expect(judge(95, 5)).toBe('conformant');
    expect(judge(949, 51)).toBe('incomplete');
    expect(judge(95, 5, { minVerified: 100 })).toBe('incomplete');
    expect(judge(100, 0, { minVerified: 100 })).toBe('conformant');
    expect(judge(95, 5, { minVerified: null })).toBe('incomplete');
  });

  it('takes a share of what is in scope, and what failed as not verified', () => {
    expect(judge(19, 1, {}, 'omitted', 'unobservable', 'omitted')).toBe('conformant');
    expect(judge(19, 1, {}, 'failed')).toBe('incomplete');
    expect(verificationOf(requirements(19, 1, ['failed', 'omitted']), 95)).toEqual({
      ...{ verified: 19, inScope: 21, missing: 1 },
    });
    expect(verificationOf([], 95)).toEqual({ verified: 0, inScope: 0, missing: 0 });
  });

  it('rounds no share: 99.9 % of 1000 is 999', () => {
    expect(countOfShare(99.9, 1_000)).toBe(999);
    expect(countOfShare(95, 100)).toBe(95);
    expect(countOfShare(33.333, 3)).toBe(1);
    expect(countOfShare(33.334, 3)).toBe(2);
    expect(countOfShare(0, 500)).toBe(0);
  });

  it('is incomplete when nothing was verified, or the run ended early', () => {
    expect(judge(0, 5, { minVerified: 0 })).toBe('incomplete');
    expect(judge(1, 500, { minVerified: 0 })).toBe('conformant');
    expect(judge(99, 1, { endedEarly: ['It needs a key.'] })).toBe('incomplete');
    expect(judge(99, 1, { endedEarly: ['The run ended.'] })).toBe('conformant');
  });

  it('is left to the merged report in a shard', () => {
    expect(judge(1, 99, { sharded: true })).toBe('conformant');
  });

  it('is non-conformant for a failure or a mended entry, whatever share is reached', () => {
    const options = { minVerified: 0 };
    expect(computeVerdict([outcome('failed')], verified, options)).toBe('non-conformant');
    const mended = { ...options, mended: ['LG-GEN-001'] };
    expect(computeVerdict([outcome('passed')], verified, mended)).toBe('non-conformant');
  });
});

describe('the exit code', () => {
  it('is 0, 1 or 3 by the verdict', () => {
    const of = (verdict: Verdict) => exitCodeOf({ verdict, breakdown: null, gates: usualGates });
    expect([of('conformant'), of('non-conformant'), of('incomplete')]).toEqual([0, 1, 3]);
  });

  it('is that of the breakdown where there is no verdict', () => {
    const breakdown = { message: 'The key is refused.', exitCode: 2 } as const;
    expect(exitCodeOf({ verdict: null, breakdown, gates: usualGates })).toBe(2);
    const other = { ...breakdown, exitCode: 4 } as const;
    expect(exitCodeOf({ verdict: null, breakdown: other, gates: usualGates })).toBe(4);
  });

  it('is 0 for every verdict under --fail-on none, and still that of a breakdown', () => {
    const gates = { failOn: 'none' } as const;
    const of = (verdict: Verdict) => exitCodeOf({ verdict, breakdown: null, gates });
    expect([of('conformant'), of('non-conformant'), of('incomplete')]).toEqual([0, 0, 0]);
    const breakdown = { message: 'The target is gone.', exitCode: 4 } as const;
    expect(exitCodeOf({ verdict: null, breakdown, gates })).toBe(4);
  });
});
