import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import { patternsOf, type Area } from './areas.ts';
import type { Pass } from './course.ts';
import { cacheFolder } from './ledger.ts';

export interface StrykerCourse {
  readonly workers: number;
  readonly pass: Pass;
}

/** For what hangs without meeting its mutant again, in milliseconds; it is then not judged. */
const longest = 3_600_000;

/** The configuration of Stryker: no mutator is left out. */
export const strykerOptions = (
  chosen: readonly Area[],
  { workers, pass }: StrykerCourse,
): PartialStrykerOptions => ({
  mutate: patternsOf(chosen),
  plugins: [fileURLToPath(new URL('./plugin.ts', import.meta.url))],
  testRunner: 'conformance',
  testRunnerNodeArgs: ['--import', 'tsx'],
  checkerNodeArgs: ['--import', 'tsx'],
  coverageAnalysis: 'perTest',
  // The ledger is written as mutants are judged; Stryker's own incremental file only at the end.
  reporters: ['ledger', 'progress-append-only'],
  incremental: false,
  concurrency: workers,
  // The suite isn't mutated, and is read from where it stands.
  ignorePatterns: [
    '**',
    '!reference-server/**/*.ts',
    '!openapi/**',
    '!package.json',
    '**/tests/**',
  ],
  disableTypeChecks: false,
  tempDirName: join(cacheFolder, `sandbox-${chosen.join('-')}`),
  cleanTempDir: 'always',
  // Old servers that never end are left behind in their process.
  maxTestRunnerReuse: 150,
  // A mutant that never ends is met too often, and found by that. A time would say nothing: those
  // that are judged together take as long as all rules, several times.
  timeoutMS: longest,
  timeoutFactor: 1,
  dryRunTimeoutMinutes: 10,
  pass,
  thresholds: { high: 100, low: 0, break: null },
  warnings: false,
  allowConsoleColors: false,
});
