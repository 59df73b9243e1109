import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { repositoryRoot } from '../../cli/command.ts';
import { areaOf, cacheFolder, mutationRun } from './config.ts';

/** How a mutant ended; `Pending` is one that hasn't been judged yet. */
export type Status = 'Killed' | 'Survived' | 'Timeout' | 'NoCoverage' | 'RuntimeError' | 'Pending';

/** One mutant, and how it ended. */
export interface MutantResult {
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
  readonly partial?: true;
  /** The state of contract, server and rules in which it was judged. */
  readonly of: string;
}

export type Mutation = Pick<MutantResult, 'file' | 'hash' | 'place' | 'mutator' | 'replacement'>;

const resultsPath = join(cacheFolder, 'ledger.jsonl');

/** What tells two mutants apart. */
export const keyOf = ({ file, hash, place, mutator, replacement }: Mutation): string =>
  JSON.stringify([file, hash, place, mutator, replacement]);

export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

/** What is known so far; of several lines about one mutant the last counts. */
export const readResults = (): Map<string, MutantResult> => {
  const text = existsSync(resultsPath) ? readFileSync(resultsPath, 'utf8') : '';
  const entries = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MutantResult);
  return new Map(entries.map((entry) => [keyOf(entry), entry]));
};

/** Adds entries as they are found, so that a run that is cut off has lost nothing. */
export const addResults = (entries: readonly MutantResult[]): void => {
  mkdirSync(dirname(resultsPath), { recursive: true });
  appendFileSync(resultsPath, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
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
export const currentResults = (): MutantResult[] => {
  const print = takeFingerprint(repositoryRoot);
  const hashes = new Map<string, string>();
  const hashNow = (file: string): string => {
    const path = join(repositoryRoot, file);
    const hash = hashes.get(file) ?? (existsSync(path) ? hashOf(readFileSync(path, 'utf8')) : '');
    hashes.set(file, hash);
    return hash;
  };
  return [...readResults().values()]
    .filter(({ file, hash }) => areaOf(file) !== undefined && hash === hashNow(file))
    .map((entry) => (entry.of === print ? entry : reopened(entry)));
};

const reopened = ({
  file,
  hash,
  place,
  mutator,
  original,
  replacement,
  of,
}: MutantResult): MutantResult => ({
  ...{ file, hash, place, mutator, original, replacement, of },
  status: 'Pending',
});

/** What the verdict on a mutant depends on, whichever file it is in. */
const folders = ['conformance', 'openapi', 'reference-server'];

/** Who judges. */
export const judgePaths = [
  'harness/harness.ts',
  'mutation/group.ts',
  'mutation/judge.ts',
  'mutation/rule-order.ts',
  'mutation/server.ts',
].map((path) => `scripts/proof/${path}`);

/**
 * Names the state of contract, server, rules and judges: what was found in another state may not be
 * true in this one.
 *
 * @param root - the top of the repository
 */
export const takeFingerprint = (root: string): string => {
  const hash = createHash('sha256').update(JSON.stringify(mutationRun));
  for (const folder of folders) {
    const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const path of paths.filter(matters).sort()) {
      hash.update(path).update(readFileSync(join(root, folder, path)));
    }
  }
  for (const path of judgePaths) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
};

const matters = (path: string): boolean =>
  /\.(ts|yaml|json)$/.test(path) && !path.split(sep).includes('tests');

/**
 * Keeps other runs away until it is released: each would give mutants numbers of its own, by which
 * those of the other are judged. What a run that was cut off left behind keeps nobody away.
 *
 * @param folder - where the runs keep what they find
 * @returns what releases it
 * @throws Error when another run is going on
 */
export const lockRuns = (folder: string = cacheFolder): (() => void) => {
  const path = join(folder, 'running.pid');
  mkdirSync(folder, { recursive: true });
  const take = (flag: 'w' | 'wx'): void => {
    writeFileSync(path, `${process.pid}`, { flag });
  };
  try {
    take('wx');
  } catch {
    const other = Number(readFileSync(path, 'utf8'));
    if (isRunning(other)) {
      throw new Error(`Another run is going on, as process ${other}. Wait for its end, or end it`);
    }
    take('w');
  }
  return () => {
    rmSync(path, { force: true });
  };
};

const isRunning = (pid: number): boolean => {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
};
