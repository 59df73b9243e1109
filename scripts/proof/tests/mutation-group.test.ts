import { describe, expect, it } from 'vitest';
import type { CheckRule } from '../../../conformance/context/rule.ts';
import { makeGroup, judgeGroup, type Numbered } from '../mutation/group.ts';
import type { JudgeMutants } from '../mutation/judge.ts';

const rules = ['one', 'two', 'three'].map((id) => ({ id }) as CheckRule);
const member = (id: string): Numbered => ({ id, file: `${id}.ts`, place: [2, 5, 4, 6] });

/** Runs one rule after another; each mutant fails the rule that is given here. */
const failing =
  (fails: Readonly<Record<string, string>>, tried: string[] = []): JudgeMutants =>
  (ids, judged, { passed }) => {
    tried.push(`${ids.join('+')}: ${judged.map(({ id }) => id).join(' ')}`);
    for (const rule of judged) {
      if (ids.some((id) => fails[id] === rule.id)) {
        return Promise.resolve({ kind: 'failed', by: [rule.id], reason: '' });
      }
      passed?.(rule);
    }
    return Promise.resolve({ kind: 'passed', judged: judged.length });
  };

describe('Mutants that are judged together', () => {
  it('have all survived when every rule passes in one run', async () => {
    const tried: string[] = [];
    const found = await judgeGroup([member('a'), member('b')], rules, failing({}, tried));
    expect([...found.values()].map(({ kind }) => kind)).toEqual(['passed', 'passed']);
    expect(tried).toEqual(['a+b: one two three']);
  });

  it('are judged alone by a rule that fails, and the others continue without the found one', async () => {
    const tried: string[] = [];
    const fails = failing({ b: 'two' }, tried);
    const found = await judgeGroup([member('a'), member('b')], rules, fails);
    expect(found.get('b')).toMatchObject({ kind: 'failed', by: ['two'] });
    expect(found.get('a')).toMatchObject({ kind: 'passed' });
    expect(tried).toEqual(['a+b: one two three', 'a: two', 'b: two', 'a: three']);
  });

  it('are not found by a rule that fails only with several active mutants', async () => {
    const together: JudgeMutants = (ids, judged) =>
      ids.length > 1 && judged.some(({ id }) => id === 'two')
        ? Promise.resolve({ kind: 'failed', by: ['two'], reason: '' })
        : Promise.resolve({ kind: 'passed', judged: judged.length });
    const found = await judgeGroup([member('a'), member('b')], rules, together);
    expect([...found.values()].map(({ kind }) => kind)).toEqual(['passed', 'passed']);
  });

  it('leave those with which a rule breaks down to be judged alone', async () => {
    const broken: JudgeMutants = (ids, judged) =>
      ids.includes('a') && judged.some(({ id }) => id === 'two')
        ? Promise.resolve({ kind: 'error', by: ['two'], judged: 3, reason: '' })
        : Promise.resolve({ kind: 'passed', judged: judged.length });
    const found = await judgeGroup([member('a'), member('b')], rules, broken);
    expect([...found]).toEqual([['b', { kind: 'passed', judged: 3 }]]);
  });

  it('are left to be judged alone when no rule ends', async () => {
    const endless: JudgeMutants = () => Promise.resolve({ kind: 'endless', reason: '' });
    expect(await judgeGroup([member('a'), member('b')], rules, endless)).toEqual(new Map());
  });

  it('have different places, and are at most as many as requested', () => {
    const [a, b, c] = [member('a'), member('b'), member('c')];
    const inside: Numbered = { ...a, id: 'inside', place: [3, 1, 3, 9] };
    const around: Numbered = { ...a, id: 'around', place: [1, 1, 9, 1] };
    const after: Numbered = { ...a, id: 'after', place: [4, 6, 4, 9] };
    expect(makeGroup(a, [inside, around, after, b, c], 3)).toEqual([a, after, b]);
  });
});
