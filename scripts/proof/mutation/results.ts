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

/** Stryker's status of a mutant; `Pending` is one that hasn't been judged yet. */
export type Status = 'Killed' | 'Survived' | 'Timeout' | 'NoCoverage' | 'RuntimeError' | 'Pending';

/** A mutant and its result. */
export interface MutantResult {
  /** From the top of the repository. */
  readonly file: string;
  /** Of the file's text: a result is only valid for the same text. */
  readonly hash: string;
  /** Start and end; lines and columns count from 1. */
  readonly place: readonly [line: number, column: number, endLine: number, endColumn: number];
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  readonly status: Status;
  readonly reason?: string;
  readonly killedBy?: readonly string[];
  /** Judged by the quick pass only. */
  readonly partial?: true;
  /** Of contract, server and rules when it was judged; see `takeFingerprint`. */
  readonly fingerprint: string;
}

export type Mutation = Pick<MutantResult, 'file' | 'hash' | 'place' | 'mutator' | 'replacement'>;

const resultsPath = join(cacheFolder, 'results.jsonl');

/** Identifies a mutant. */
export const keyOf = ({ file, hash, place, mutator, replacement }: Mutation): string =>
  JSON.stringify([file, hash, place, mutator, replacement]);

export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

/** All results so far, by key; of several lines about one mutant the last counts. */
export const readResults = (): Map<string, MutantResult> => {
  const text = existsSync(resultsPath) ? readFileSync(resultsPath, 'utf8') : '';
  const entries = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MutantResult);
  return new Map(entries.map((entry) => [keyOf(entry), entry]));
};

/** Appends results as they are found, so that an interrupted run loses nothing. */
export const addResults = (entries: readonly MutantResult[]): void => {
  mkdirSync(dirname(resultsPath), { recursive: true });
  appendFileSync(resultsPath, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
};

const mutantIdsPath = join(cacheFolder, 'mutant-ids.json');

/** Writes the ids that this run of Stryker gave to mutants, by key, for the judging processes. */
export const writeMutantIds = (ids: ReadonlyMap<string, string>): void => {
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(mutantIdsPath, JSON.stringify([...ids]));
};

export const readMutantIds = (): Map<string, string> =>
  new Map(JSON.parse(readFileSync(mutantIdsPath, 'utf8')) as [string, string][]);

/** The mutants of the present files; results with another fingerprint are pending again. */
export const currentResults = (): MutantResult[] => {
  const fingerprint = takeFingerprint(repositoryRoot);
  const hashes = new Map<string, string>();
  const hashNow = (file: string): string => {
    const path = join(repositoryRoot, file);
    const hash = hashes.get(file) ?? (existsSync(path) ? hashOf(readFileSync(path, 'utf8')) : '');
    hashes.set(file, hash);
    return hash;
  };
  return [...readResults().values()]
    .filter(({ file, hash }) => areaOf(file) !== undefined && hash === hashNow(file))
    .map((entry) => (entry.fingerprint === fingerprint ? entry : toPending(entry)));
};

const toPending = ({
  file,
  hash,
  place,
  mutator,
  original,
  replacement,
  fingerprint,
}: MutantResult): MutantResult => ({
  ...{ file, hash, place, mutator, original, replacement, fingerprint },
  status: 'Pending',
});

/** What the results of all mutants depend on. */
const folders = ['conformance', 'openapi', 'reference-server'];

/** The code that judges mutants. */
export const judgePaths = [
  'harness/harness.ts',
  'mutation/group.ts',
  'mutation/judge.ts',
  'mutation/rule-order.ts',
  'mutation/server.ts',
].map((path) => `scripts/proof/${path}`);

/**
 * A hash of contract, server, rules and mutation code: results are only valid for the same one.
 *
 * @param root - the top of the repository
 */
export const takeFingerprint = (root: string): string => {
  const hash = createHash('sha256').update(JSON.stringify(mutationRun));
  for (const folder of folders) {
    const paths = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const path of paths.filter(isHashed).sort()) {
      hash.update(path).update(readFileSync(join(root, folder, path)));
    }
  }
  for (const path of judgePaths) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
};

const isHashed = (path: string): boolean =>
  /\.(ts|yaml|json)$/.test(path) && !path.split(sep).includes('tests');

/**
 * Prevents a second run at the same time, as it would overwrite the ids of the mutants. The lock of an
 * interrupted run is ignored.
 *
 * @param folder - where the runs keep their results
 * @returns releases the lock
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
      throw new Error(`Another run is in progress, as process ${other}. Wait for it, or stop it`);
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
