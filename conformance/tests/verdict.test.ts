import { describe, expect, it } from 'vitest';
import {
  breakdownOfErrors,
  computeVerdict,
  exitCodeOf,
  type RequirementResult,
  type RequirementState,
  type Verdict,
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
    expect(computeVerdict([outcome('passed'), outcome('omitted')], all, { strict: false })).toBe(
      'conformant',
    );
  });

  it('is non-conformant when a MUST failed', () => {
    expect(
      computeVerdict([outcome('passed'), outcome('failed')], verified, { strict: false }),
    ).toBe('non-conformant');
  });

  it('ignores a failed SHOULD, unless the run is strict', () => {
    const deviation = [outcome('passed'), outcome('failed', 'SHOULD')];
    const all = [...verified, requirement('failed')];
    expect(computeVerdict(deviation, all, { strict: false })).toBe('conformant');
    expect(computeVerdict(deviation, all, { strict: true })).toBe('non-conformant');
  });

  it('is incomplete when a rule was not verified', () => {
    expect(computeVerdict([outcome('not-verified')], verified, { strict: false })).toBe(
      'incomplete',
    );
  });

  it('is none when a rule ended in an error, unless another failed', () => {
    const broken = [outcome('error'), outcome('not-verified')];
    expect(computeVerdict(broken, verified, { strict: false })).toBeNull();
    expect(computeVerdict([...broken, outcome('failed')], verified, { strict: false })).toBe(
      'non-conformant',
    );
    const reason = { ...outcome('error'), reason: 'The wire broke.' };
    expect(breakdownOfErrors([reason, reason])).toEqual({
      ...{ exitCode: 4, message: 'area/name ended in an error: The wire broke. (and 1 more)' },
    });
  });

  it('is conformant for a shard without rules, but not for one whose rules were not verified', () => {
    const judge = (ending: Outcome['outcome'], sharded: boolean) =>
      computeVerdict([outcome(ending)], [requirement('omitted')], { strict: false, sharded });
    expect(judge('omitted', true)).toBe('conformant');
    expect(judge('omitted', false)).toBe('incomplete');
    expect(judge('not-verified', true)).toBe('incomplete');
  });

  it('is incomplete when a requirement has no rule', () => {
    const open = [...verified, requirement('not-verified')];
    expect(computeVerdict([outcome('passed')], open, { strict: false })).toBe('incomplete');
  });

  it('is incomplete when nothing was verified at all', () => {
    expect(computeVerdict([], [], { strict: false })).toBe('incomplete');
    expect(computeVerdict([outcome('omitted')], [requirement('omitted')], { strict: false })).toBe(
      'incomplete',
    );
  });
});

describe('the exit code', () => {
  it('is 0, 1 or 3 by the verdict', () => {
    const of = (verdict: Verdict) => exitCodeOf({ verdict, breakdown: null });
    expect([of('conformant'), of('non-conformant'), of('incomplete')]).toEqual([0, 1, 3]);
  });

  it('is that of the breakdown where there is no verdict', () => {
    const breakdown = { message: 'The key is refused.', exitCode: 2 } as const;
    expect(exitCodeOf({ verdict: null, breakdown })).toBe(2);
    expect(exitCodeOf({ verdict: null, breakdown: { ...breakdown, exitCode: 4 } })).toBe(4);
  });
});
