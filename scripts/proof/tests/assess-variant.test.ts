import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../conformance/context/rule.ts';
import { rules } from '../../../conformance/rules/index.ts';
import { conclude, type Outcome } from '../../../conformance/runner/outcome.ts';
import { assessVariant } from '../variants/result.ts';
import type { Variant } from '../variants/variant.ts';

const variant: Variant = {
  ...{ id: 'LG-CON-021/1', kind: 'alternative', varies: 'Otherwise.', legal: 'It is.' },
  ...{ decisions: ['LG-CON-021'], combines: [], make: { server: 'plain', variations: {} } },
};

const find = (wanted: (rule: Rule) => boolean): Rule => {
  const found = rules.find(wanted);
  if (!found) throw new Error('There is no such rule.');
  return found;
};

const must = find(({ level }) => level === 'MUST');
const about = find((one) => one.level === 'SHOULD' && one.verifies.includes('LG-CON-021'));
const unrelated = find((one) => one.level === 'SHOULD' && !one.verifies.includes('LG-CON-021'));

const concludeOf = (...outcomes: readonly Outcome[]) =>
  assessVariant(variant, { outcomes, requests: 1, milliseconds: 1 }, rules);

const passed = (rule: Rule): Outcome => conclude(rule, { outcome: 'passed' });
const failed = (rule: Rule): Outcome => conclude(rule, { outcome: 'failed' });
const idle = (rule: Rule): Outcome => conclude(rule, { outcome: 'not-verified', reason: 'None.' });

describe('A variant', () => {
  it('is cleared when its MUSTs pass, whatever decisions it deviates from', () => {
    expect(concludeOf(passed(must), failed(about))).toMatchObject({
      ...{ cleared: true, rules: 2, deviations: about.verifies, unexpected: [], unnoticed: [] },
    });
  });

  it('is not cleared if no rule passed', () => {
    expect(concludeOf()).toMatchObject({ cleared: false, rules: 0 });
    expect(concludeOf(idle(unrelated))).toMatchObject({ cleared: false, rules: 0 });
  });

  it('is not cleared when a MUST failed, broke down or was not verified', () => {
    const broken = conclude(must, { outcome: 'error', reason: 'It broke.' });
    for (const outcome of [failed(must), broken, idle(must)]) {
      expect(concludeOf(passed(about), outcome)).toMatchObject({ cleared: false });
    }
  });

  it('lists the rules that verified nothing, and does not count them', () => {
    expect(concludeOf(passed(must), idle(unrelated))).toMatchObject({
      ...{ cleared: true, rules: 1 },
      unverified: [{ rule: unrelated.id, level: 'SHOULD', reason: 'None.' }],
    });
  });

  it('lists unexpected deviations separately', () => {
    expect(concludeOf(passed(must), failed(about), failed(unrelated))).toMatchObject({
      ...{ cleared: true, unexpected: [...unrelated.verifies].sort() },
    });
  });

  it('lists its decision as unnoticed when no rule reported it', () => {
    const { unnoticed } = concludeOf(passed(must), passed(about));
    expect(unnoticed).toMatchObject([{ decision: 'LG-CON-021' }]);
  });
});
