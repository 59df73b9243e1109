import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantCoverage } from '@stryker-mutator/api/core';
import { type TestResult, TestStatus } from '@stryker-mutator/api/test-runner';
import type { CheckRule } from '../../../conformance/context/rule.ts';
import type { Runner } from '../../../conformance/runner/runner.ts';
import { instrumentation, type MutantServers, type ServerCopy, unite } from './server.ts';

/** What is known of a rule from the run without a mutant. */
export interface Measured {
  readonly id: string;
  /** Milliseconds. */
  readonly duration: number;
}

const pipeline = [
  ...['errors', 'requests', 'authentication', 'plans', 'scopes', 'limits', 'pagination', 'ambient'],
];

/** Folders of the server whose rules have other names; the files at its top are the pipeline's. */
const relatedAreas: Readonly<Record<string, readonly string[]>> = {
  '': pipeline,
  http: pipeline,
  dossiers: ['dossiers', 'changes', 'archiving', 'cv'],
  state: ['pagination', 'errors', 'concurrency'],
};

/** What a quick look takes of the rules. */
const few = { related: 14, others: 10 };

interface Choice {
  /** Of the mutant. */
  readonly file: string;
  /** Rules that have found a mutant in this file, the last one first. */
  readonly killers: readonly string[];
  /** Whether a few rules are enough: those that are the likeliest to find something. */
  readonly quick?: boolean;
}

/**
 * Puts rules in the order that finds a fault soonest: those that have found one in the same file
 * before; those of the same subject, the cheapest first; and of the other subjects in turn.
 */
export const orderRules = <Rule extends Measured>(
  rules: readonly Rule[],
  { file, killers, quick = false }: Choice,
): Rule[] => {
  const folder = /reference-server\/(\w+)\//.exec(file)?.[1] ?? '';
  const near = relatedAreas[folder] ?? [folder];
  const cheapest = [...rules].sort((one, other) => one.duration - other.duration);
  const found = killers.flatMap((killer) => cheapest.filter(({ id }) => id === killer));
  const rest = cheapest.filter((rule) => !found.includes(rule));
  const related = rest.filter(({ id }) => near.includes(subjectOf(id)));
  const others = alternating(rest.filter((rule) => !related.includes(rule)));
  if (!quick) return [...found, ...related, ...others];
  return [...found, ...related.slice(0, few.related), ...others.slice(0, few.others)];
};

/** The first of each subject, then the second of each, and so on. */
const alternating = <Rule extends Measured>(rules: readonly Rule[]): Rule[] => {
  const seen = new Map<string, number>();
  return rules
    .map((rule) => {
      const place = seen.get(subjectOf(rule.id)) ?? 0;
      seen.set(subjectOf(rule.id), place + 1);
      return { rule, place };
    })
    .sort((one, other) => one.place - other.place)
    .map(({ rule }) => rule);
};

const subjectOf = (id: string): string => id.slice(0, id.indexOf('/'));

/** What is tested beside the rules, under names like theirs. */
export const starts = 'server/starts';
export const serves = 'server/serves';
/** Rules that wait are measured side by side, and what they meet is counted for each. */
const waiting = 'waiting';

/** Judges the server without any mutant, to see what each rule meets and how long it takes. */
export const measure = async (
  checks: readonly CheckRule[],
  stage: MutantServers,
  load: () => ServerCopy,
): Promise<{ tests: TestResult[]; mutantCoverage: MutantCoverage }> => {
  instrumentation.attribute(undefined);
  const { court, end } = await stage.raise(load);
  const tests: TestResult[] = [];
  for (const rule of checks.filter(({ waits }) => !waits)) {
    instrumentation.attribute(rule.id);
    tests.push(await test(court, rule));
  }
  instrumentation.attribute(waiting);
  const patient = checks.filter(({ waits }) => waits);
  tests.push(...(await Promise.all(patient.map((rule) => test(court, rule)))));
  await end();
  instrumentation.attribute(undefined);
  writeMeasured(tests);
  return withServerTests(tests, patient);
};

const test = async (court: Runner, rule: CheckRule): Promise<TestResult> => {
  const from = performance.now();
  const first = await court.run(rule);
  const { outcome, reason, counterexample } =
    first.outcome === 'passed' ? first : await court.run(rule);
  const done = { id: rule.id, name: rule.id, timeSpentMs: performance.now() - from };
  if (outcome === 'passed') return { ...done, status: TestStatus.Success };
  const failureMessage = reason ?? counterexample?.actual ?? outcome;
  return { ...done, status: TestStatus.Failed, failureMessage };
};

const withServerTests = (tests: TestResult[], patient: readonly CheckRule[]) => {
  const { static: atStart, perTest } = instrumentation.coverage();
  const { [waiting]: waited = {}, ...quick } = perTest;
  const byRule = { ...quick, ...Object.fromEntries(patient.map(({ id }) => [id, waited])) };
  const status = TestStatus.Success as const;
  const own = [starts, serves].map((id) => ({ id, name: id, timeSpentMs: 1, status }));
  const served = unite([...Object.values(byRule), atStart]);
  return {
    tests: [...own, ...tests],
    mutantCoverage: {
      static: atStart,
      perTest: { ...byRule, [starts]: atStart, [serves]: served },
    },
  };
};

/** Other processes of the same run need it too. */
const writeMeasured = (tests: readonly TestResult[]): void => {
  const durations = tests.map(({ id, timeSpentMs }) => [id, Math.round(timeSpentMs)]);
  writeFileSync(join(process.cwd(), 'measured.json'), JSON.stringify(durations));
};

/** Milliseconds by rule. */
export const readMeasured = (path: string): Map<string, number> =>
  new Map(JSON.parse(readFileSync(path, 'utf8')) as [string, number][]);
