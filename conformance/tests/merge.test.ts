import { describe, expect, it } from 'vitest';
import type { Requirement, RequirementId } from '../../openapi/register.ts';
import { defineAmbientRule, defineRule, type Rule } from '../context/rule.ts';
import { compileReport, type ReportInput } from '../report/compile.ts';
import { createKeyring } from '../report/credentials.ts';
import { type Gates, usualGates } from '../report/gates.ts';
import { mergeReports } from '../report/merge.ts';
import type { Report } from '../report/report.ts';
import { conclude, type Outcome } from '../runner/outcome.ts';
import { excuseOfOtherShard, excuseOfShard } from '../runner/selection.ts';

const stated = (id: string, requirement: RequirementId) => ({
  ...{ id, level: 'MUST' as const, verifies: [requirement] as const, sentence: 'It holds.' },
  fault: (send: Parameters<Rule['fault'] & object>[0]) => send,
});
const check = (id: string, requirement: RequirementId): Rule =>
  defineRule({ ...stated(id, requirement), needs: [], check: () => Promise.resolve() });

const rules: readonly Rule[] = [
  defineAmbientRule({ ...stated('ambient/watch', 'LG-GEN-001'), inspect: () => true }),
  check('area/first', 'LG-DOS-001'),
  check('area/second', 'LG-DOS-001'),
  check('area/third', 'LG-DOS-002'),
];
const register = (['LG-DOS-001', 'LG-DOS-002', 'LG-GEN-001', 'LG-NOT-001'] as const).map(
  (id): Requirement => ({
    ...{ id, area: 'DOS', level: 'MUST', source: 'Dossiers', statement: 'So it is.' },
    since: '0.1.0',
    concerns: ['all'],
  }),
);
/** The same with one requirement that is newer than the others. */
const aged = register.map((one) => ({
  ...one,
  since: one.id === 'LG-DOS-002' ? '0.1.0' : '0.0.0',
}));
const omitted = new Map<RequirementId, string>([['LG-NOT-001', 'There are no notes.']]);

type Ending = Partial<Outcome> & Pick<Outcome, 'outcome'>;

const passed: Ending = { outcome: 'passed', exchanges: 2 };
const elsewhere: Ending = {
  ...{ outcome: 'omitted', reason: excuseOfOtherShard({ number: 1, of: 2 }) },
};

/** The outcomes of a run, in rule order. */
const reportOf = (endings: readonly Ending[], findings: Partial<ReportInput> = {}): Report =>
  compileReport({
    register,
    outcomes: rules.map((rule, index) => {
      const ending = endings[index] ?? elsewhere;
      const outcome = conclude(rule, { outcome: ending.outcome });
      return { ...outcome, ...ending };
    }),
    scope: { operations: [], events: [], omitted },
    target: { url: 'http://127.0.0.1/', capabilities: [], options: [], leftovers: undefined },
    ...{ version: '1.0.0', startedAt: 1_000, durationMs: 500, seed: 7, runs: 20 },
    keyring: createKeyring({}),
    ...findings,
  });

const one = (endings: readonly Ending[], findings: Partial<ReportInput> = {}) =>
  reportOf(endings, { shard: '1/2', ...findings });
const two = (endings: readonly Ending[], findings: Partial<ReportInput> = {}) =>
  reportOf(endings, { shard: '2/2', ...findings });

/** The first and third rules are in the first of two shards, the second is in the second. */
const first = one([passed, passed, elsewhere, passed]);
const second = two([passed, elsewhere, passed, elsewhere]);

/** The second shard with other gates. */
const gated = (gates: Partial<Gates>) => [
  first,
  two([passed, elsewhere, passed], { gates: { ...usualGates, ...gates } }),
];
const otherBaseline = two([passed, elsewhere, passed], {
  baseline: { known: new Map([['area/second', 'Since March.']]), expired: [] },
});

const merge = (...reports: Report[]) => mergeReports(reports, { rules, register, order: [] });
const outcomesOf = (report: Report) => report.rules.map(({ outcome }) => outcome);

describe('the shards of a run, merged', () => {
  it('give the results of a whole run, in any order', () => {
    const whole = reportOf([{ ...passed, exchanges: 4 }, passed, passed, passed]);
    expect(whole.verdict).toBe('conformant');
    expect(merge(second, first)).toEqual(whole);
    expect(merge(first, second)).toEqual(whole);
  });

  it('verify a requirement only when the rules of all shards do', () => {
    expect(first.counts.requirements).toMatchObject({ verified: 2, omitted: 2 });
    const open = two([passed, elsewhere, { outcome: 'not-verified', reason: 'It needs a key.' }]);
    const merged = merge(first, open);
    expect(merged.verdict).toBe('incomplete');
    expect(merged.gaps).toContainEqual({
      ...{ state: 'not-verified', reason: 'It needs a key.', requirements: ['LG-DOS-001'] },
    });
  });

  it('are non-conformant when one of them is, with its counterexample', () => {
    const counterexample = {
      ...{ expected: '1', actual: '2', exchanges: [], falsification: undefined },
    };
    const failing = two([passed, elsewhere, { outcome: 'failed', counterexample }]);
    const merged = merge(first, failing);
    expect(merged.verdict).toBe('non-conformant');
    expect(merged.rules[2]?.counterexample).toMatchObject({ expected: '1', actual: '2' });
  });

  it('accept a known failure, but not a mended one', () => {
    const known = two([passed, elsewhere, { outcome: 'failed', known: 'Since March.' }]);
    expect(merge(first, known)).toMatchObject({ verdict: 'conformant', baseline: { mended: [] } });
    const baseline = { known: new Map([['area/second', 'Since March.']]), expired: [] };
    const other = one([passed, passed, elsewhere, passed], { baseline });
    const mended = two([passed, elsewhere, { ...passed, known: 'Since March.' }], { baseline });
    expect(merge(other, mended)).toMatchObject({
      ...{ verdict: 'non-conformant', baseline: { mended: ['area/second'] } },
    });
  });

  it('find a requirement of the baseline mended only when the rules of all shards passed', () => {
    const baseline = { known: new Map([['LG-DOS-001', 'Since March.']]), expired: [] };
    const here = one([passed, passed, elsewhere, passed], { baseline });
    const there = two([passed, elsewhere, passed], { baseline });
    expect([here, there].map((report) => report.baseline.mended)).toEqual([[], []]);
    expect(merge(here, there)).toMatchObject({
      ...{ verdict: 'non-conformant', baseline: { mended: ['LG-DOS-001'] } },
    });
    const known: Ending = { outcome: 'failed', known: 'Since March.' };
    expect(merge(here, two([passed, elsewhere, known], { baseline }))).toMatchObject({
      ...{ verdict: 'conformant', baseline: { mended: [] } },
    });
  });

  it('reach the share of --min-verified together, whatever each part reaches', () => {
    const gates = { ...usualGates, minVerified: 60 };
    const open: Ending = { outcome: 'not-verified', reason: 'It needs a key.' };
    const here = one([passed, passed, elsewhere, open], { gates });
    const there = two([passed, elsewhere, passed], { gates });
    expect(here.verdict).toBe('conformant');
    expect(merge(here, there)).toMatchObject({
      ...{ verdict: 'conformant', verification: { verified: 2, inScope: 3, missing: 0 } },
    });
    const more = { ...gates, minVerified: 70 };
    const merged = merge(
      one([passed, passed, elsewhere, open], { gates: more }),
      two([passed, elsewhere, passed], { gates: more }),
    );
    expect(merged).toMatchObject({ verdict: 'incomplete', verification: { missing: 1 } });
  });

  it('leave out of the verdict what is newer than --as-of', () => {
    const gates = { ...usualGates, asOf: '0.0' };
    const newer = { register: aged, gates };
    const here = one([passed, passed, elsewhere, { outcome: 'failed' }], newer);
    const there = two([passed, elsewhere, passed], newer);
    const merged = mergeReports([here, there], { rules, register: aged, order: [] });
    expect(merged).toMatchObject({
      ...{ verdict: 'conformant', newer: { rules: ['area/third'], requirements: ['LG-DOS-002'] } },
    });
    expect(merged.rules.map(({ since }) => since)).toEqual(['0.0.0', '0.0.0', '0.0.0', '0.1.0']);
  });

  it('combine the outcomes of ambient rules', () => {
    const unseen: Ending = { outcome: 'omitted', reason: excuseOfShard };
    const failed: Ending = { outcome: 'failed', exchanges: 1 };
    const combine = (here: Ending, there: Ending) =>
      outcomesOf(merge(one([here, passed, elsewhere, passed]), two([there, elsewhere, passed])))[0];
    expect(combine(passed, failed)).toBe('failed');
    expect(combine(unseen, passed)).toBe('passed');
    expect(combine({ outcome: 'error', reason: 'x' }, passed)).toBe('error');
    expect(combine(unseen, unseen)).toBe('not-verified');
  });

  it('last from the first start to the last end, and list all leftovers', () => {
    const remains = 'at most what this created: createDossier (1)';
    const target = { url: 'http://127.0.0.1/', capabilities: [], options: [], leftovers: remains };
    const late = two([passed, elsewhere, passed], { startedAt: 5_000, durationMs: 900, target });
    expect(merge(first, late)).toMatchObject({
      ...{
        startedAt: '1970-01-01T00:00:01.000Z',
        durationMs: 4_900,
        target: { remains },
      },
    });
  });
});

describe('shards that did not end as planned', () => {
  const unseen: Ending = { outcome: 'omitted', reason: excuseOfShard };
  const breakdown = { message: 'The target stopped answering.', exitCode: 4 } as const;
  const unopened = { target: { url: '', capabilities: [], options: [], leftovers: undefined } };

  it('may be empty: a shard without rules is conformant, and adds nothing', () => {
    const all = one([passed, passed, passed, passed]);
    const empty = two([unseen], unopened);
    expect(empty.verdict).toBe('conformant');
    expect(merge(all, empty)).toMatchObject({ verdict: 'conformant', counts: all.counts });
    const other = one([unseen], unopened);
    expect(merge(other, two([passed, passed, passed, passed])).counts).toEqual(all.counts);
  });

  it('leave no verdict when one broke down, unless another found a failure', () => {
    const reason = breakdown.message;
    const broken = two([unseen, elsewhere, { outcome: 'not-verified', reason }], {
      ...{ ...unopened, breakdown },
    });
    expect(broken).toMatchObject({ verdict: null, breakdown });
    expect(merge(first, broken)).toMatchObject({
      ...{ verdict: null, breakdown: { message: `In shard 2/2: ${reason}`, exitCode: 4 } },
    });
    const failing = one([passed, { outcome: 'failed' }, elsewhere, passed]);
    expect(merge(failing, broken)).toMatchObject({ verdict: 'non-conformant', breakdown: null });
  });

  it('say that one of them reached a limit', () => {
    const endedEarly = 'The run ended after 1 request (--max-requests 1).';
    const open: Ending = { outcome: 'not-verified', reason: endedEarly };
    const merged = merge(first, two([passed, elsewhere, open], { endedEarly }));
    expect(merged).toMatchObject({ verdict: 'incomplete', endedEarly });
  });

  it('are refused when they executed parts that overlap or leave a gap', () => {
    expect(() => merge(first, two([passed, passed, passed]))).toThrow(
      "don't fit together: several shards have area/first",
    );
    expect(() => merge(first, two([passed]))).toThrow('no shard has area/second');
  });
});

describe('an incomplete set of shards', () => {
  it.each([
    ['nothing', [], 'no report to merge'],
    ['one shard alone', [second], 'shard 1/2 is missing'],
    ['a shard twice', [first, second, second], '2 reports of shard 2/2'],
    ['a whole run', [first, reportOf([])], 'is of a whole run'],
    ['another number', [first, reportOf([], { shard: '2/3' })], 'different numbers of shards'],
    ['another seed', [first, two([], { seed: 8 })], 'their seeds (give --seed) differ'],
    ['another version', [first, two([], { version: '2.0.0' })], 'versions of the suite differ'],
    ['other cases', [first, two([], { runs: 3 })], 'numbers of generated cases differ'],
    ['other failures', gated({ failOn: 'should' }), 'values of --fail-on (or --strict) differ'],
    ['another version to rest on', gated({ asOf: '0.0' }), 'values of --as-of differ'],
    ['another share', gated({ minVerified: 95 }), 'values of --min-verified differ'],
    ['another baseline', [first, otherBaseline], 'their baselines differ'],
  ])('is refused: %s', (_, reports, line) => {
    expect(() => merge(...reports)).toThrow(line);
  });

  it('may have an entry of the baseline that expired between its shards', () => {
    const entry = { id: 'area/third', reason: 'Ticket 3.' };
    const until = '2026-11-30';
    const before = { known: new Map([[entry.id, entry.reason]]), expired: [] };
    const after = { known: new Map<string, string>(), expired: [{ ...entry, until }] };
    const failing: Ending = { outcome: 'failed', known: entry.reason };
    const here = one([passed, passed, elsewhere, failing], { baseline: before });
    const there = two([passed, elsewhere, passed], { baseline: after });
    expect(merge(here, there).verdict).toBe('conformant');
  });

  it('is refused: another target', () => {
    const at = (url: string) => ({
      target: { url, capabilities: [], options: ['--target', url], leftovers: undefined },
    });
    const here = one([passed, passed, elsewhere, passed], at('http://127.0.0.1/'));
    const there = (url: string) => two([passed, elsewhere, passed], at(url));
    expect(() => merge(here, there('http://127.0.0.2/'))).toThrow('their targets differ');
    expect(merge(here, there('http://127.0.0.1/')).verdict).toBe('conformant');
  });

  it('is refused: the rules of another suite', () => {
    const fewer = { ...second, rules: second.rules.slice(1) };
    expect(() => merge(first, fewer)).toThrow('other rules than this suite');
  });
});
