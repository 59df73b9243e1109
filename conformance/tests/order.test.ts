import { describe, expect, it } from 'vitest';
import { rules } from '../rules/index.ts';
import { readOrder } from '../rules/order.ts';
import { firstRules, inOrder } from '../runner/order.ts';
import { profiles, rulesOfProfile } from '../runner/selection.ts';

const checks = rules.filter(({ kind }) => kind === 'check').map(({ id }) => id);
const order = readOrder();

describe('the order of the rules', () => {
  const hint = 'run `npm run proof:order -- --part write`, which leaves out what no longer exists';

  it('names only rules that exist, each once', () => {
    const ids = order.map(({ id }) => id);
    expect(
      ids.filter((id) => !checks.includes(id)),
      hint,
    ).toEqual([]);
    expect(new Set(ids).size, hint).toBe(ids.length);
  });

  it('has requests and organisations of every rule', () => {
    for (const { id, requests, organizations, catches } of order) {
      const numbers = [...requests, ...organizations, ...catches];
      expect(
        numbers.every((one) => Number.isInteger(one) && one >= 0),
        id,
      ).toBe(true);
      expect(requests[0] + requests[1], id).toBeGreaterThan(0);
    }
  });

  it('executes a rule that it lacks last, so that a new rule needs no measurement', () => {
    const [first, second, third] = inOrder(rules, [], false);
    const some = [first, second, third].filter((rule) => rule !== undefined);
    const sorted = inOrder(some, [third?.id ?? '', first?.id ?? ''], false);
    expect(sorted.map(({ id }) => id)).toEqual([third?.id, first?.id, second?.id]);
  });

  it('has rules that mostly wait begin early, but only side by side with others', () => {
    const ids = order.map(({ id }) => id);
    const late = inOrder(rules, ids, false).findLastIndex(({ waits }) => waits);
    const early = inOrder(rules, ids, true).findLastIndex(({ waits }) => waits);
    expect(early).toBeLessThan(80);
    expect(late).toBeGreaterThan(early);
    expect(
      inOrder(rules, ids, true)
        .slice(0, 5)
        .map(({ id }) => id),
    ).toEqual(ids.slice(0, 5));
  });
});

describe('the rules of a profile', () => {
  const measured = [
    { id: 'one', requests: [3, 2] as const },
    { id: 'two', requests: [4, 0] as const },
    { id: 'three', requests: [1, 0] as const },
  ];

  it('are the first ones that fit into its requests, with its cases', () => {
    expect([...(firstRules(measured, { runs: 1, requests: 9.5 }) ?? [])]).toEqual(['one', 'two']);
    expect([...(firstRules(measured, { runs: 3, requests: 9.5 }) ?? [])]).toEqual(['one']);
    // One that doesn't fit any more is left out.
    expect([...(firstRules(measured, { runs: 1, requests: 6.5 }) ?? [])]).toEqual(['one', 'three']);
    expect(firstRules(measured, { runs: 1 })).toBeUndefined();
  });

  it('are more from profile to profile, up to all', () => {
    const [smoke, quick] = [rulesOfProfile('smoke', order), rulesOfProfile('quick', order)];
    expect(smoke?.ids.size).toBeGreaterThan(20);
    expect([...(smoke?.ids ?? [])].every((id) => quick?.ids.has(id))).toBe(true);
    expect(quick?.ids.size).toBeLessThan(checks.length);
    expect(rulesOfProfile('standard', order)).toBeUndefined();
    expect(rulesOfProfile('thorough', order)).toBeUndefined();
  });

  // Catches are measured with few of the rules on each server: the true share is higher.
  it('catch most faulty servers early', () => {
    const caught = (requests: number, runs: number): number => {
      const ids = firstRules(order, { requests, runs });
      return order
        .filter(({ id }) => ids?.has(id))
        .reduce((sum, { catches: [added] }) => sum + added, 0);
    };
    const all = order.reduce((sum, { catches: [added] }) => sum + added, 0);
    expect(caught(profiles.smoke.requests, 1)).toBeGreaterThan(0.5 * all);
  });
});
