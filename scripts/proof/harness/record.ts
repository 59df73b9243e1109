import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describeCommit } from './git.ts';
import { removeMachinePaths } from './machine-paths.ts';

/** The parts of the proof. Each has a command of this name, and a raw record. */
export const parts = ['faulty-servers', 'variants', 'flakiness', 'mutation', 'peers'] as const;

export type Part = (typeof parts)[number];

/** Where and when a part of the proof was measured. */
export interface Circumstances {
  /** The start: ISO 8601, in UTC, to the minute. */
  readonly measuredAt: string;
  /** The commit at the start; `+` means that there were uncommitted changes. */
  readonly commit: string;
  readonly node: string;
  readonly cores: number;
}

export type Recorded<Result> = Result & { readonly circumstances: Circumstances };

/** The raw records; Git ignores this folder. */
const recordsFolder = join(import.meta.dirname, '../records');

/** The record of a part that is being measured. */
export interface PartRecord {
  readonly circumstances: Circumstances;
  /** Replaces the record by this result; does nothing in a trial. */
  readonly write: (result: object) => void;
}

/** What the help of a command says about its record. */
export const recordHelp = '\nA record is written only by a run with the default amounts.';

/**
 * Starts the record of a part: its circumstances are those of this moment.
 *
 * @param free - the options that may be set, as they don't change what is measured
 */
export const beginRecord = (
  part: Part,
  command: Command,
  free: readonly string[] = [],
): PartRecord => {
  const circumstances = readCircumstances();
  const trial = isTrial(command, free);
  if (trial) console.log('This is a trial, without the default amounts: no record is written.');
  return {
    circumstances,
    write: (result) => {
      if (!trial) writeRecord(part, result, { circumstances });
    },
  };
};

/** Whether a command was called with other amounts than the default ones. */
export const isTrial = (command: Command, free: readonly string[] = []): boolean =>
  command.options
    .map((option) => option.attributeName())
    .filter((name) => !free.includes(name))
    .some((name) => !['default', undefined].includes(command.getOptionValueSource(name)));

/** Writes the raw record of a part. */
export const writeRecord = (
  part: Part,
  result: object,
  {
    circumstances = readCircumstances(),
    folder = recordsFolder,
  }: { readonly circumstances?: Circumstances; readonly folder?: string } = {},
): void => {
  const text = JSON.stringify({ circumstances, ...result }, withoutMachinePaths, 1);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${part}.json`), `${text}\n`);
};

const withoutMachinePaths = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? removeMachinePaths(value) : value;

/** The raw record of a part; undefined when this clone has none. */
export const readRecord = <Result>(
  part: Part,
  folder: string = recordsFolder,
): Recorded<Result> | undefined => {
  const path = join(folder, `${part}.json`);
  return existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as Recorded<Result>)
    : undefined;
};

const readCircumstances = (): Circumstances => ({
  measuredAt: `${new Date().toISOString().slice(0, 16)}Z`,
  commit: describeCommit(),
  node: process.version,
  cores: availableParallelism(),
});
