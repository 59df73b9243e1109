import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import { patternsOf, type Area } from './areas.ts';
import { cacheFolder } from './ledger.ts';

export interface StrykerCourse {
  readonly workers: number;
  /** Whether few rules judge each mutant, in place of all that meet it. */
  readonly quick: boolean;
}

/** The configuration of Stryker: no mutator is left out. */
export const strykerOptions = (
  chosen: readonly Area[],
  { workers, quick }: StrykerCourse,
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
  maxTestRunnerReuse: quick ? 150 : 0,
  timeoutMS: 10_000,
  // A group of survivors takes as long as all rules, several times.
  timeoutFactor: quick ? 1.5 : 15,
  dryRunTimeoutMinutes: 10,
  quick,
  thresholds: { high: 100, low: 0, break: null },
  warnings: false,
  allowConsoleColors: false,
});
