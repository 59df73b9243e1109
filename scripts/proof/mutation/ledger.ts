import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../../repository.ts';
import { areaOf } from './areas.ts';
import { takeFingerprint } from './fingerprint.ts';

/** How a mutant ended; `Pending` is one that hasn't been judged yet. */
export type Status = 'Killed' | 'Survived' | 'Timeout' | 'NoCoverage' | 'RuntimeError' | 'Pending';

/** One mutant, and how it ended. */
export interface Entry {
  /** From the top of the repository. */
  readonly file: string;
  /** Of the file's text; what was found of another text isn't true of this one. */
  readonly hash: string;
  /** Where it begins and ends; lines and columns count from 1. */
  readonly place: readonly [line: number, column: number, endLine: number, endColumn: number];
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  readonly status: Status;
  readonly reason?: string;
  readonly killedBy?: readonly string[];
  /** Not all the rules that meet it have judged it. */
  readonly inPart?: true;
  /** The state of contract, server and rules in which it was judged. */
  readonly of: string;
}

export type Mutation = Pick<Entry, 'file' | 'hash' | 'place' | 'mutator' | 'replacement'>;

export const cacheFolder = join(repositoryRoot, 'node_modules', '.cache', 'mutation');
const ledgerPath = join(cacheFolder, 'ledger.jsonl');

/** What tells two mutants apart. */
export const keyOf = ({ file, hash, place, mutator, replacement }: Mutation): string =>
  JSON.stringify([file, hash, place, mutator, replacement]);

export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What is known so far; of several lines about one mutant the last counts. */
export const readLedger = (): Map<string, Entry> => {
  const text = existsSync(ledgerPath) ? readFileSync(ledgerPath, 'utf8') : '';
  const entries = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry);
  return new Map(entries.map((entry) => [keyOf(entry), entry]));
};

/** Adds entries as they are found, so that a run that is cut off has lost nothing. */
export const addToLedger = (entries: readonly Entry[]): void => {
  mkdirSync(dirname(ledgerPath), { recursive: true });
  appendFileSync(ledgerPath, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
};

const numbersPath = join(cacheFolder, 'numbers.json');

/** Writes down the numbers that this run of Stryker gives to mutants, for those who judge them. */
export const writeNumbers = (numbers: ReadonlyMap<string, string>): void => {
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(numbersPath, JSON.stringify([...numbers]));
};

export const readNumbers = (): Map<string, string> =>
  new Map(JSON.parse(readFileSync(numbersPath, 'utf8')) as [string, string][]);

/** The mutants of the files as they are now; what was found in another state of things is open. */
export const currentEntries = (): Entry[] => {
  const print = takeFingerprint(repositoryRoot);
  const hashes = new Map<string, string>();
  const hashNow = (file: string): string => {
    const path = join(repositoryRoot, file);
    const hash = hashes.get(file) ?? (existsSync(path) ? hashOf(readFileSync(path, 'utf8')) : '');
    hashes.set(file, hash);
    return hash;
  };
  return [...readLedger().values()]
    .filter(({ file, hash }) => areaOf(file) !== undefined && hash === hashNow(file))
    .map((entry) => (entry.of === print ? entry : reopened(entry)));
};

const reopened = ({ file, hash, place, mutator, original, replacement, of }: Entry): Entry => ({
  ...{ file, hash, place, mutator, original, replacement, of },
  status: 'Pending',
});
