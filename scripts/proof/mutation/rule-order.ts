import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantCoverage } from '@stryker-mutator/api/core';
import { type TestResult, TestStatus } from '@stryker-mutator/api/test-runner';
import type { CheckRule } from '../../../conformance/context/rule.ts';
import type { Runner } from '../../../conformance/runner/runner.ts';
import { type Area, areaOf } from './config.ts';
import { instrumentation, type MutantServers, type ServerCopy, mergeCoverage } from './server.ts';

/** How long a rule took without a mutant. */
export interface Measured {
  readonly id: string;
  /** Milliseconds. */
  readonly duration: number;
}

/** What the ids of rules about an area begin with, where that is not only the name of the area. */
const relatedPrefixes: Readonly<Partial<Record<Area, readonly string[]>>> = {
  authentication: ['authentication', 'scopes', 'plans', 'isolation'],
  dossiers: ['dossiers', 'changes', 'archiving', 'cv'],
  errors: ['errors', 'requests', 'ambient'],
  general: ['pagination', 'requests', 'ambient', 'errors', 'concurrency'],
};

/** How many rules the quick pass takes. */
const few = { related: 14, others: 10 };

interface Choice {
  /** Of the mutant. */
  readonly file: string;
  /** The ids of rules that have caught a mutant in this file, the last one first. */
  readonly catchers: readonly string[];
  /** Whether a few rules are enough: the likeliest to find something. */
  readonly quick?: boolean;
}

/**
 * Orders rules so that a mutant is found soon: first those that have caught one in the same file, then
 * those about the same area, the fastest first, and then those with other prefixes in turn.
 */
export const orderRules = <Rule extends Measured>(
  rules: readonly Rule[],
  { file, catchers, quick = false }: Choice,
): Rule[] => {
  const area = areaOf(file);
  const near = area === undefined ? [] : (relatedPrefixes[area] ?? [area]);
  const fastest = [...rules].sort((one, other) => one.duration - other.duration);
  const found = catchers.flatMap((catcher) => fastest.filter(({ id }) => id === catcher));
  const rest = fastest.filter((rule) => !found.includes(rule));
  const related = rest.filter(({ id }) => near.includes(prefixOf(id)));
  const others = alternating(rest.filter((rule) => !related.includes(rule)));
  if (!quick) return [...found, ...related, ...others];
  return [...found, ...related.slice(0, few.related), ...others.slice(0, few.others)];
};

/** The first rule of each prefix, then the second of each, and so on. */
const alternating = <Rule extends Measured>(rules: readonly Rule[]): Rule[] => {
  const counts = new Map<string, number>();
  return rules
    .map((rule) => {
      const rank = counts.get(prefixOf(rule.id)) ?? 0;
      counts.set(prefixOf(rule.id), rank + 1);
      return { rule, rank };
    })
    .sort((one, other) => one.rank - other.rank)
    .map(({ rule }) => rule);
};

const prefixOf = (id: string): string => id.slice(0, id.indexOf('/'));

/** Tests besides the rules: the server starts, and it doesn't crash. */
export const starts = 'server/starts';
export const serves = 'server/serves';
/** Rules that wait run together; the mutants that they reach count for each of them. */
const waitingTest = 'waiting';

/** Runs all rules without a mutant, to measure which mutants each reaches and how long it takes. */
export const measure = async (
  checks: readonly CheckRule[],
  servers: MutantServers,
  load: () => ServerCopy,
): Promise<{ tests: TestResult[]; mutantCoverage: MutantCoverage }> => {
  instrumentation.attribute(undefined);
  const { runner, end } = await servers.start(load);
  const tests: TestResult[] = [];
  for (const rule of checks.filter(({ waits }) => !waits)) {
    instrumentation.attribute(rule.id);
    tests.push(await runRule(runner, rule));
  }
  instrumentation.attribute(waitingTest);
  const waiting = checks.filter(({ waits }) => waits);
  tests.push(...(await Promise.all(waiting.map((rule) => runRule(runner, rule)))));
  await end();
  instrumentation.attribute(undefined);
  writeMeasured(tests);
  return withServerTests(tests, waiting);
};

const runRule = async (runner: Runner, rule: CheckRule): Promise<TestResult> => {
  const from = performance.now();
  const first = await runner.run(rule);
  const { outcome, reason, counterexample } =
    first.outcome === 'passed' ? first : await runner.run(rule);
  const common = { id: rule.id, name: rule.id, timeSpentMs: performance.now() - from };
  if (outcome === 'passed') return { ...common, status: TestStatus.Success };
  const failureMessage = reason ?? counterexample?.actual ?? outcome;
  return { ...common, status: TestStatus.Failed, failureMessage };
};

const withServerTests = (tests: TestResult[], waiting: readonly CheckRule[]) => {
  const { static: atStart, perTest } = instrumentation.coverage();
  const { [waitingTest]: reachedWaiting = {}, ...quick } = perTest;
  const byRule = { ...quick, ...Object.fromEntries(waiting.map(({ id }) => [id, reachedWaiting])) };
  const status = TestStatus.Success as const;
  const own = [starts, serves].map((id) => ({ id, name: id, timeSpentMs: 1, status }));
  const served = mergeCoverage([...Object.values(byRule), atStart]);
  return {
    tests: [...own, ...tests],
    mutantCoverage: {
      static: atStart,
      perTest: { ...byRule, [starts]: atStart, [serves]: served },
    },
  };
};

/** For the other processes of the same run. */
const writeMeasured = (tests: readonly TestResult[]): void => {
  const durations = tests.map(({ id, timeSpentMs }) => [id, Math.round(timeSpentMs)]);
  writeFileSync(join(process.cwd(), 'measured.json'), JSON.stringify(durations));
};

/** Milliseconds by rule. */
export const readMeasured = (path: string): Map<string, number> =>
  new Map(JSON.parse(readFileSync(path, 'utf8')) as [string, number][]);
