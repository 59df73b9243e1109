import { describe, expect, it } from 'vitest';
import type { Requirement, RequirementId } from '../../openapi/register.ts';
import { compareVersions, isVersion, newestVersion } from '../../openapi/versions.ts';
import { defineRule, type Rule } from '../context/rule.ts';
import { compileReport, readVersion, type ReportInput } from '../report/compile.ts';
import { createKeyring } from '../report/credentials.ts';
import { combineGates, type Gates, readGates, usualGates } from '../report/gates.ts';
import { createSinceFinder } from '../report/since.ts';
import { reporters } from '../reporters/formats.ts';
import { describeCaveat, kindOf } from '../reporters/summary.ts';
import { rules } from '../rules/index.ts';
import { conclude, type Outcome } from '../runner/outcome.ts';

/** The register of a suite of three versions. */
const register = (
  [
    ['LG-CON-001', '0.1.0'],
    ['LG-CON-002', '0.2.0'],
    ['LG-CON-003', '0.10.0'],
  ] as const
).map(([id, since]): Requirement => ({
  ...{ id, area: 'CON', level: 'MUST', source: 'Contacts', statement: 'So it is.' },
  ...{ since, concerns: ['all'] },
}));

const ruleOf = (id: string, verifies: Rule['verifies'], since?: NonNullable<Rule['since']>): Rule =>
  defineRule({
    ...{ id, level: 'MUST', verifies, sentence: 'It holds.', needs: [] },
    ...(since !== undefined && { since }),
    check: () => Promise.resolve(),
    fault: (send) => send,
  });

const old = ruleOf('area/old', ['LG-CON-001']);
const second = ruleOf('area/second', ['LG-CON-001', 'LG-CON-002']);
const third = ruleOf('area/third', ['LG-CON-003']);
const extended = ruleOf('area/extended', ['LG-CON-001', 'LG-CON-003'], '0.1.0');

type Ending = Outcome['outcome'] | { readonly failedAbout: readonly RequirementId[] };

const outcomeOf = (rule: Rule, ending: Ending): Outcome => {
  const found = { expected: '1', actual: '2', exchanges: [], falsification: undefined };
  if (typeof ending === 'object') {
    const counterexample = { ...found, about: ending.failedAbout };
    return conclude(rule, { outcome: 'failed', counterexample });
  }
  const counterexample = ending === 'failed' ? found : undefined;
  return conclude(rule, { outcome: ending, reason: `It is ${ending}.`, counterexample });
};

const judge = (
  gates: Partial<Gates>,
  endings: readonly (readonly [Rule, Ending])[],
  more: Partial<ReportInput> = {},
) =>
  compileReport({
    register,
    outcomes: endings.map(([rule, ending]) => outcomeOf(rule, ending)),
    scope: { operations: [], events: [], omitted: new Map() },
    target: { url: 'http://127.0.0.1/', capabilities: [], options: [], leftovers: undefined },
    ...{ version: '0.10.0', startedAt: 0, durationMs: 5, seed: 7, runs: 20 },
    keyring: createKeyring({}),
    gates: { ...usualGates, ...gates },
    ...more,
  });

describe('a version', () => {
  it('is compared part by part; parts that are left out are 0', () => {
    expect(compareVersions('0.10.0', '0.9.9')).toBeGreaterThan(0);
    expect(compareVersions('0.2', '0.2.0')).toBe(0);
    expect(compareVersions('0.2', '0.2.1')).toBeLessThan(0);
    expect(compareVersions('1', '0.99')).toBeGreaterThan(0);
    expect(compareVersions('0.2.0-beta.1', '0.2.0')).toBe(0);
    expect(newestVersion(['0.9.0', '0.10.0', '0.2.0'])).toBe('0.10.0');
    expect(['1', '0.2', '0.2.1-rc.1'].every(isVersion)).toBe(true);
    expect(['', 'v1', '1.2.3.4', '01', '1.'].some(isVersion)).toBe(false);
  });
});

describe('the version in which a rule first existed', () => {
  const sinceOf = createSinceFinder(register);

  it('is that of the newest requirement that it verifies, or its own', () => {
    expect([old, second, third, extended].map(sinceOf)).toEqual([
      ...['0.1.0', '0.2.0', '0.10.0', '0.1.0'],
    ]);
  });

  it('is in each rule of the report', () => {
    const report = judge({}, [
      [second, 'passed'],
      [extended, 'passed'],
    ]);
    expect(report.rules.map(({ since }) => since)).toEqual(['0.2.0', '0.1.0']);
  });

  it('is not newer than this suite, where a rule of the suite states it', () => {
    const stated = rules.flatMap(({ id, since }) => (since === undefined ? [] : [[id, since]]));
    for (const [id = '', since = ''] of stated) {
      expect(compareVersions(since, readVersion()), id).toBeLessThanOrEqual(0);
    }
  });
});

describe('the verdict with --as-of', () => {
  const failing = [
    [old, 'passed'],
    [second, 'passed'],
    [third, 'failed'],
  ] as const;

  it('leaves out what is newer, and shows it', () => {
    expect(judge({}, failing).verdict).toBe('non-conformant');
    expect(judge({ asOf: '0.10' }, failing).verdict).toBe('non-conformant');
    const report = judge({ asOf: '0.9' }, failing);
    expect(report).toMatchObject({
      ...{ verdict: 'conformant', breakdown: null },
      newer: { rules: ['area/third'], requirements: ['LG-CON-003'] },
      verification: { verified: 2, inScope: 2 },
    });
    const kinds = report.rules.map((rule) => kindOf(rule, report));
    expect(kinds).toEqual(['passed', 'passed', 'new']);
    expect(describeCaveat(report)).toBe('1 failure new since 0.9');
    const pretty = reporters['pretty']?.(report, { color: false }) ?? '';
    expect(pretty).toContain('New since 0.9, not in the verdict (1)\n  ~ area/third  ');
    expect(pretty).not.toContain('Failures (');
    expect(reporters['markdown']?.(report, { color: false })).toContain('### New since 0.9 (1)');
    expect(reporters['junit']?.(report, { color: false })).toContain('new since 0.9, not in the');
  });

  it('rests on what is older: a failure there still counts', () => {
    const report = judge({ asOf: '0.2' }, [
      [old, 'passed'],
      [second, 'failed'],
      [third, 'failed'],
    ]);
    expect(report).toMatchObject({ verdict: 'non-conformant', newer: { rules: ['area/third'] } });
    expect(describeCaveat(report)).toBe('1 rule broken, 1 failure new since 0.2');
  });

  it('counts an old rule by what its failure is about', () => {
    const about = (...failedAbout: RequirementId[]) =>
      judge({ asOf: '0.2' }, [
        [old, 'passed'],
        [second, 'passed'],
        [extended, { failedAbout }],
      ]);
    expect(about('LG-CON-003').newer.rules).toEqual(['area/extended']);
    expect(about('LG-CON-001').newer.rules).toEqual([]);
    expect(about('LG-CON-001').verdict).toBe('non-conformant');
    expect(about('LG-CON-001', 'LG-CON-003').verdict).toBe('non-conformant');
  });

  it('is no breakdown when only a newer rule ended in an error, and not incomplete for it', () => {
    const open = (ending: Ending) => [[old, 'passed'] as const, [third, ending] as const];
    expect(judge({}, open('error')).breakdown).toMatchObject({ exitCode: 4 });
    expect(judge({ asOf: '0.1' }, open('error'))).toMatchObject({
      ...{ verdict: 'conformant', breakdown: null },
    });
    expect(judge({}, open('not-verified')).verdict).toBe('incomplete');
    const report = judge({ asOf: '0.1' }, open('not-verified'));
    expect(report.verdict).toBe('conformant');
    expect(describeCaveat(report)).toBe('');
  });

  it('ignores a requirement that only newer rules verify', () => {
    const only = ruleOf('area/late', ['LG-CON-001'], '0.10.0');
    const report = judge({ asOf: '0.2' }, [
      [ruleOf('area/two', ['LG-CON-002']), 'passed'],
      [only, 'not-verified'],
    ]);
    expect(report).toMatchObject({
      ...{ verdict: 'conformant', verification: { verified: 1, inScope: 1 } },
    });
  });

  it('leaves entries of the baseline for newer rules alone', () => {
    const baseline = { known: new Map([['area/third', 'Ticket 3.']]), expired: [] };
    const endings = [[old, 'passed'] as const, [third, 'passed'] as const];
    const all = judge({}, [...endings, [second, 'passed']], { baseline });
    expect(all).toMatchObject({ verdict: 'non-conformant', baseline: { mended: ['area/third'] } });
    const then = judge({ asOf: '0.1' }, endings, { baseline });
    expect(then).toMatchObject({ verdict: 'conformant', baseline: { mended: [] } });
  });
});

describe('the reports with --min-verified', () => {
  const endings = [
    [old, 'passed'],
    [ruleOf('area/two', ['LG-CON-002']), 'not-verified'],
    [third, 'failed'],
  ] as const;

  it('say how much was reached, and what would raise it', () => {
    const open = endings.map(([rule, ending]) =>
      ending === 'failed' ? ([rule, 'not-verified'] as const) : ([rule, ending] as const),
    );
    const report = judge({ minVerified: 95 }, open);
    expect(report).toMatchObject({
      ...{ verdict: 'incomplete', verification: { verified: 1, inScope: 3, missing: 2 } },
    });
    expect(describeCaveat(report)).toBe(
      '2 requirements not verified, 33.3% verified (below --min-verified 95%)',
    );
    const line =
      '1 of 3 requirements in scope, 33.3%: 2 fewer than --min-verified asks for. ' +
      'What would raise it: It is not-verified (2)';
    const shown = (format: string) =>
      reporters[format]?.(report, { color: false, width: 120 }).replaceAll(/\s+/g, ' ');
    expect(shown('pretty')).toContain(`Verified ${line}`);
    expect(shown('markdown')).toContain('Verified: 1 of 3 requirements in scope');
    const reached = judge({ minVerified: 30 }, open);
    expect(reached.verdict).toBe('conformant');
    expect(describeCaveat(reached)).toContain('33.3% verified (--min-verified 30%)');
    expect(reporters['pretty']?.(reached, { color: false })).not.toContain('What would raise it');
  });

  it('name what failed among it', () => {
    const failing = judge({ minVerified: 95 }, endings);
    const pretty = reporters['pretty']?.(failing, { color: false }).replaceAll(/\s+/g, ' ');
    expect(pretty).toContain('It is not-verified (1); What failed (1)');
  });
});

describe('the gates of a run', () => {
  const read = (texts: Parameters<typeof readGates>[0]) =>
    readGates(texts, (name) => `--${name}`, '0.2.1');

  it('are those of the command line, then those of the configuration', () => {
    expect(combineGates({}, {})).toEqual(usualGates);
    expect(
      combineGates({ asOf: '0.1', failOn: undefined }, { failOn: 'none', asOf: '0.2' }),
    ).toEqual({ failOn: 'none', asOf: '0.1', minVerified: null });
  });

  it('are read from text', () => {
    expect(read({ asOf: '0.2', minVerified: '95%', failOn: 'should' })).toEqual({
      ...{ asOf: '0.2', minVerified: 95, failOn: 'should' },
    });
    expect(read({ asOf: '0.2.1', minVerified: '99.5%' })).toMatchObject({ minVerified: 99.5 });
    expect(read({})).toEqual({});
  });

  it.each([
    ['0.2.2', 'is newer than this suite, which has version 0.2.1'],
    ['1', 'is newer than this suite'],
    ['next', 'is no version. Give one such as 0.2.1'],
    ['0.2.', 'is no version'],
    ['0.1.0-beta', 'is no version'],
  ])('refuse the version %s', (asOf, line) => {
    expect(() => read({ asOf })).toThrow(`--asOf ${asOf} ${line}`);
  });

  it.each(['95', '0.95', '101%', '-1%', '%', '95 %', '99.9999%', ''])(
    'refuse the share %j',
    (minVerified) => {
      expect(() => read({ minVerified })).toThrow('Give a percentage from 0% to 100%');
    },
  );
});
