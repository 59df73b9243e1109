import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import { repositoryRoot } from '../../cli/command.ts';

/** The files of the reference server that are mutated, by area. Paths are below `reference-server/`. */
export const areas = {
  flows: ['flows/**'],
  notes: ['notes/**'],
  links: ['links/**'],
  contacts: ['contacts/**'],
  dossiers: ['dossiers/**'],
  webhooks: ['webhooks/**', 'runtime/http-client.ts'],
  authentication: ['http/access.ts'],
  limits: ['http/rate-limit.ts'],
  errors: [
    'http/expected-body.ts',
    'http/refusals.ts',
    'http/routing.ts',
    'http/schema-validation.ts',
  ],
  general: [
    'state/**',
    'runtime/services.ts',
    'app.ts',
    'server.ts',
    'handlers.ts',
    'http/body-bytes.ts',
    'http/read-body.ts',
    'http/connections.ts',
    'http/form-guard.ts',
    'http/form-part-head.ts',
    'http/form-parts.ts',
    'http/handler.ts',
    'http/node-server.ts',
    'http/query.ts',
    'http/response.ts',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Area = keyof typeof areas;

/** The files that aren't mutated, each with the reason. Paths are below `reference-server/`. */
export const excluded: Readonly<Record<string, string>> = {
  'playground/**': 'Demo data, pages and the Prefer header are not part of the API.',
  'persistence/**': 'No database is opened here; `npm run fire` tests what it keeps.',
  'control/**': 'The control API is test equipment, not part of the API.',
  'cli.ts': 'The command line is not part of the API.',
  'config.ts': 'It reads the command line.',
  'runtime/listen.ts':
    'It opens and closes the port; only those who start the server see its errors.',
  'runtime/errors.ts': 'It handles errors of the command line.',
  'runtime/request-log.ts': 'The log is not part of the API.',
  'http/validation-messages.ts':
    'It has only the wording of messages, which the documentation leaves open.',
  'http/self-check.ts': 'It is off by default, so that only the rules find errors.',
};

/** The patterns of files to mutate, from the top of the repository. */
export const patternsOf = (chosen: readonly Area[]): string[] => [
  ...chosen.flatMap((area) => areas[area].map((pattern) => inServer(pattern))),
  ...Object.keys(excluded).map((pattern) => `!${inServer(pattern)}`),
];

/** The area of a file; undefined if it is excluded. The path is from the top of the repository. */
export const areaOf = (file: string): Area | undefined =>
  isExcluded(file.replace('reference-server/', ''))
    ? undefined
    : (Object.keys(areas) as Area[]).find((area) =>
        areas[area].some((pattern) => isIn(file, pattern)),
      );

/** @param file - below `reference-server/` */
export const isExcluded = (file: string): boolean =>
  Object.keys(excluded).some((pattern) => isIn(inServer(file), pattern));

const isIn = (file: string, pattern: string): boolean =>
  file.startsWith(inServer(pattern.replace('**', '')));

const inServer = (pattern: string): string =>
  `reference-server/${pattern.endsWith('**') ? `${pattern}/*.ts` : pattern}`;

/** How mutants are judged. */
export const mutationRun = {
  /** Determines all generated values. */
  seed: 1,
  /** Generated cases for each property. */
  runs: 4,
  /** Rules at the same time. */
  concurrency: 4,
  /** How many survivors of the quick pass are judged together. */
  groupSize: 24,
} as const;

/**
 * Mutants are judged in two passes: first by few rules, which find most of them, and then the others,
 * several together, by all rules.
 */
export type Pass = 'quick' | 'whole';

/** The pass that Stryker was started for. */
export const passOf = (options: Readonly<Record<string, unknown>>): Pass =>
  options['pass'] === 'quick' ? 'quick' : 'whole';

export interface StrykerRun {
  readonly workers: number;
  readonly pass: Pass;
}

/** For a run that hangs without reaching its mutant again, in milliseconds: it is not judged. */
const timeout = 3_600_000;

/** The configuration of Stryker, with all mutators. */
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
  // Results are written as mutants are judged; Stryker's own incremental file only at the end.
  reporters: ['results', 'progress-append-only'],
  incremental: false,
  concurrency: workers,
  // The suite isn't mutated: it is read from the repository.
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
  // Servers that never end stay in their process.
  maxTestRunnerReuse: 150,
  // A mutant that never ends is detected by its hits. Mutants that are judged together take as long as
  // all rules, several times.
  timeoutMS: timeout,
  timeoutFactor: 1,
  dryRunTimeoutMinutes: 10,
  pass,
  thresholds: { high: 100, low: 0, break: null },
  warnings: false,
  allowConsoleColors: false,
});

export const cacheFolder = join(repositoryRoot, 'node_modules', '.cache', 'mutation');
