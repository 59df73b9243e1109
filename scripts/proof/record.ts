import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** The parts of the proof, each of which leaves a record. */
export const parts = ['fleet', 'variants', 'steadiness', 'mutation', 'peers'] as const;

export type Part = (typeof parts)[number];

/** Where and when a part of the proof was measured. */
export interface Circumstances {
  /** ISO 8601, in UTC, to the minute. */
  readonly measuredAt: string;
  /** The state of the repository; `+` says that it held changes. */
  readonly commit: string;
  readonly node: string;
  readonly cores: number;
}

export type Recorded<Result> = Result & { readonly circumstances: Circumstances };

const results = join(import.meta.dirname, 'results');

/** Keeps what a part of the proof came to, for the table. */
export const writeRecord = (part: Part, result: object, folder: string = results): void => {
  const recorded = { circumstances: circumstances(), ...result };
  writeFileSync(join(folder, `${part}.json`), `${JSON.stringify(recorded, null, 1)}\n`);
};

/**
 * What a part of the proof came to when it was last run.
 *
 * @throws Error when it never was
 */
export const readRecord = <Result>(part: Part, folder: string = results): Recorded<Result> => {
  const path = join(folder, `${part}.json`);
  if (!existsSync(path)) {
    throw new Error(`The part ${part} was never run. Run \`npm run proof -- --only ${part}\`.`);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as Recorded<Result>;
};

const circumstances = (): Circumstances => ({
  measuredAt: `${new Date().toISOString().slice(0, 16)}Z`,
  commit: describeCommit(),
  node: process.version,
  cores: availableParallelism(),
});

const describeCommit = (): string => {
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: results, encoding: 'utf8' }).trim();
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+');
  } catch {
    return 'unknown';
  }
};
