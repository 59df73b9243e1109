import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestStatus, type TestResult } from '@stryker-mutator/api/test-runner';
import type { MutantCoverage } from '@stryker-mutator/api/core';
import type { Court } from '../../../conformance/court.ts';
import type { CheckRule } from '../../../conformance/rule.ts';
import { instrumentation, unite } from './instrumentation.ts';
import type { ServerCopy } from './server-copy.ts';
import type { Stage } from './stage.ts';

/** What is tested beside the rules, under names like theirs. */
export const starts = 'server/starts';
export const serves = 'server/serves';
/** Rules that wait are measured side by side, and what they meet is counted for each. */
const waiting = 'waiting';

/** Judges the server without any mutant, to see what each rule meets and how long it takes. */
export const measure = async (
  checks: readonly CheckRule[],
  stage: Stage,
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

const test = async (court: Court, rule: CheckRule): Promise<TestResult> => {
  const from = performance.now();
  const first = await court.judge(rule);
  const { outcome, reason, counterexample } =
    first.outcome === 'passed' ? first : await court.judge(rule);
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
