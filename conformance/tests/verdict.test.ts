import { describe, expect, it } from 'vitest';
import {
  exitCodeOfVerdict,
  computeVerdict,
  type RequirementResult,
  type RequirementState,
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
    expect(computeVerdict([outcome('passed'), outcome('omitted')], all, false)).toBe('conformant');
  });

  it('is non-conformant when a MUST failed', () => {
    expect(computeVerdict([outcome('passed'), outcome('failed')], verified, false)).toBe(
      'non-conformant',
    );
  });

  it('ignores a failed SHOULD, unless the run is strict', () => {
    const deviation = [outcome('passed'), outcome('failed', 'SHOULD')];
    const all = [...verified, requirement('failed')];
    expect(computeVerdict(deviation, all, false)).toBe('conformant');
    expect(computeVerdict(deviation, all, true)).toBe('non-conformant');
  });

  it('is incomplete when a rule was not verified or ended in an error', () => {
    expect(computeVerdict([outcome('not-verified')], verified, false)).toBe('incomplete');
    expect(computeVerdict([outcome('error')], verified, false)).toBe('incomplete');
  });

  it('is incomplete when a requirement has no rule', () => {
    const open = [...verified, requirement('not-verified')];
    expect(computeVerdict([outcome('passed')], open, false)).toBe('incomplete');
  });

  it('is incomplete when nothing was verified at all', () => {
    expect(computeVerdict([], [], false)).toBe('incomplete');
    expect(computeVerdict([outcome('omitted')], [requirement('omitted')], false)).toBe(
      'incomplete',
    );
  });
});

describe('the exit code', () => {
  it('is 0, 1 or 3 by the verdict', () => {
    expect(exitCodeOfVerdict('conformant', [outcome('passed')])).toBe(0);
    expect(exitCodeOfVerdict('non-conformant', [outcome('failed')])).toBe(1);
    expect(exitCodeOfVerdict('incomplete', [outcome('not-verified')])).toBe(3);
  });

  it('is 4 after an error, but never hides a failure', () => {
    expect(exitCodeOfVerdict('incomplete', [outcome('error')])).toBe(4);
    expect(exitCodeOfVerdict('non-conformant', [outcome('failed'), outcome('error')])).toBe(1);
  });
});
