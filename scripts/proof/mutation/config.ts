import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import { repositoryRoot } from '../../cli/command.ts';

/** What of the reference server is mutated, part by part; the smallest first. */
export const areas = {
  flows: ['flows/**'],
  notes: ['notes/**'],
  links: ['links/**'],
  contacts: ['contacts/**'],
  dossiers: ['dossiers/**'],
  webhooks: ['webhooks/**'],
  state: ['state/**', 'runtime/services.ts'],
  pipeline: ['http/**', 'app.ts', 'server.ts', 'handlers.ts'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Area = keyof typeof areas;

/** What isn't mutated, each with its reason. Paths are below `reference-server/`. */
export const excluded: Readonly<Record<string, string>> = {
  'playground/**':
    'Demo data, pages and the Prefer header are extras of this server; the API has none of them.',
  'persistence/**': 'No database is opened here; `npm run proof:kill` judges what is kept.',
  'control/**': 'The control API is the equipment of the tests, not what they judge.',
  'cli.ts': 'The command line is no part of the API.',
  'config.ts': 'It reads the command line.',
  'runtime/listen.ts': 'It opens and closes the port; only who starts the server sees its errors.',
  'http/validation-messages.ts':
    'It only words the messages of refusals, which the documentation leaves open.',
  'http/self-check.ts': 'It is off unless asked for, so that the rules alone find what is wrong.',
};

/** The patterns of files to mutate, from the top of the repository. */
export const patternsOf = (chosen: readonly Area[]): string[] => [
  ...chosen.flatMap((area) => areas[area].map((pattern) => inServer(pattern))),
  ...Object.keys(excluded).map((pattern) => `!${inServer(pattern)}`),
];

/** The area of a file, whose path is given from the top of the repository; none if it is left out. */
export const areaOf = (file: string): Area | undefined =>
  Object.keys(excluded).some((pattern) => isIn(file, pattern))
    ? undefined
    : (Object.keys(areas) as Area[]).find((area) =>
        areas[area].some((pattern) => isIn(file, pattern)),
      );

const isIn = (file: string, pattern: string): boolean =>
  file.startsWith(inServer(pattern.replace('**', '')));

const inServer = (pattern: string): string =>
  `reference-server/${pattern.endsWith('**') ? `${pattern}/*.ts` : pattern}`;

/** How mutants are judged. */
export const mutationRun = {
  /** What all generated values follow from. */
  seed: 1,
  /** Generated cases for each property. */
  runs: 4,
  /** How many rules at the same time. */
  width: 4,
  /** How many survivors of a quick look are judged together. */
  together: 24,
} as const;

/**
 * Mutants are judged in two passes: a quick look by few rules, which finds most of them, and then
 * the others, several together, by all rules.
 */
export type Pass = 'quick' | 'whole';

/** The pass that Stryker was started for. */
export const passOf = (options: Readonly<Record<string, unknown>>): Pass =>
  options['pass'] === 'quick' ? 'quick' : 'whole';

export interface StrykerRun {
  readonly workers: number;
  readonly pass: Pass;
}

/** For what hangs without meeting its mutant again, in milliseconds; it is then not judged. */
const longest = 3_600_000;

/** The configuration of Stryker: no mutator is left out. */
export const strykerOptions = (
  chosen: readonly Area[],
  { workers, pass }: StrykerRun,
): PartialStrykerOptions => ({
  mutate: patternsOf(chosen),
  plugins: [fileURLToPath(new URL('./stryker-plugin.ts', import.meta.url))],
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

export const cacheFolder = join(repositoryRoot, 'node_modules', '.cache', 'mutation');
