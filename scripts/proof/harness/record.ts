import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir, tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import type { Command } from 'commander';
import { repositoryRoot } from '../../cli/command.ts';

/** The parts of the proof, each of which leaves a record. */
export const parts = ['fleet', 'variants', 'steadiness', 'mutation', 'peers'] as const;

export type Part = (typeof parts)[number];

/** Where and when a part of the proof was measured. */
export interface Circumstances {
  /** When it began: ISO 8601, in UTC, to the minute. */
  readonly measuredAt: string;
  /** The state of the repository then; `+` says that it held changes. */
  readonly commit: string;
  readonly node: string;
  readonly cores: number;
}

export type Recorded<Result> = Result & { readonly circumstances: Circumstances };

const results = join(import.meta.dirname, '../results');

/** The record of a part of the proof that is being measured. */
export interface PartRecord {
  readonly circumstances: Circumstances;
  /** Writes down what was found, in the place of what was found before; of a trial nothing. */
  readonly write: (result: object) => void;
}

/** What the help of a command says of its record. */
export const recordHelp = '\nA record is kept only of a run with the usual amounts.';

/**
 * Begins to measure a part of the proof: where and when that was is what it is now.
 *
 * @param free - the options that anybody may set, as they change nothing of what is measured
 */
export const beginRecord = (
  part: Part,
  command: Command,
  free: readonly string[] = [],
): PartRecord => {
  const circumstances = takeCircumstances();
  const trial = isTrial(command, free);
  if (trial) console.log('This is a trial, with other amounts than the usual: no record is kept.');
  return {
    circumstances,
    write: (result) => {
      if (!trial) writeRecord(part, result, { circumstances });
    },
  };
};

/** Whether a command was called with other amounts than the usual ones. */
export const isTrial = (command: Command, free: readonly string[] = []): boolean =>
  command.options
    .map((option) => option.attributeName())
    .filter((name) => !free.includes(name))
    .some((name) => !['default', undefined].includes(command.getOptionValueSource(name)));

/** Keeps what a part of the proof came to, for the table. */
export const writeRecord = (
  part: Part,
  result: object,
  {
    circumstances = takeCircumstances(),
    folder = results,
  }: { readonly circumstances?: Circumstances; readonly folder?: string } = {},
): void => {
  const text = JSON.stringify({ circumstances, ...result }, withoutMachinePaths, 1);
  writeFileSync(join(folder, `${part}.json`), `${text}\n`);
};

/** Whatever was said where it was measured, it is published elsewhere. */
const withoutMachinePaths = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? removeMachinePaths(value) : value;

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

const takeCircumstances = (): Circumstances => ({
  measuredAt: `${new Date().toISOString().slice(0, 16)}Z`,
  commit: describeCommit(),
  node: process.version,
  cores: availableParallelism(),
});

/** Outside of a repository Git complains on the terminal; the record says it with a word. */
const quiet = ['ignore', 'pipe', 'ignore'] as const;

const describeCommit = (): string => {
  const git = (...words: string[]): string =>
    execFileSync('git', words, { cwd: results, encoding: 'utf8', stdio: [...quiet] }).trim();
  try {
    // A record that was just written, or quoted, is no change of what is measured.
    const besides = [':(exclude).', ':(exclude,top)README.md'];
    const changed = git('status', '--porcelain', '--', ':/', ...besides) !== '';
    return git('rev-parse', '--short', 'HEAD') + (changed ? '+' : '');
  } catch {
    return 'unknown';
  }
};

/** The folders of a machine that say nothing to anybody elsewhere. */
export interface MachinePaths {
  readonly root: string;
  readonly temporary: readonly string[];
  readonly org: string;
}

const ownPaths: MachinePaths = {
  root: repositoryRoot,
  temporary: [...new Set([realpathSync(tmpdir()), tmpdir()])],
  org: homedir(),
};

/** A text whose paths are not those of one machine: they begin at the top of the repository. */
export const removeMachinePaths = (
  text: string,
  { root, temporary, org }: MachinePaths = ownPaths,
): string => {
  // The repository may lie in one of the others.
  const inside = cut(cut(text, root, '/', ''), root, end, '.');
  const lasting = temporary.reduce(
    // What a temporary folder is called follows from chance.
    (left, folder) => cut(left, folder, `(?:/[\\w.-]+|${end})`, '(temporary)'),
    inside,
  );
  return cut(lasting, org, end, '~');
};

/** Nothing that would make it the name of another folder. */
const end = '(?![\\w.-])';

const cut = (text: string, folder: string, after: string, mark: string): string =>
  folder === parse(folder).root
    ? text
    : text.replaceAll(new RegExp(`${escape(folder)}${after}`, 'g'), mark);

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
