import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Report } from '../../../conformance/report/report.ts';
import { startReferenceServer } from '../../../conformance/targets/start.ts';
import { repositoryRoot } from '../../cli/command.ts';
import { removeMachinePaths } from '../harness/machine-paths.ts';
import { openSlowProxy } from './slow-proxy.ts';

export interface SeedRuns {
  /** One run for each. */
  readonly seeds: readonly number[];
  readonly profile: string;
  /** Runs at the same time. */
  readonly concurrency: number;
  /** Undefined for a server that responds as fast as it can. */
  readonly delay: Delay | undefined;
  /** Called after each run. */
  readonly onResult: (run: SuiteRun) => void;
}

/** Runs the suite against the reference server once per seed. */
export const runSeeds = async ({
  seeds,
  profile,
  concurrency,
  delay,
  onResult,
}: SeedRuns): Promise<void> => {
  const left = [...seeds];
  const lane = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      onResult(await runOnce(seed, profile, delay));
    }
  };
  const lanes = Array.from({ length: concurrency }, lane);
  await Promise.all(lanes).finally(() => {
    // When one lane breaks down, the others start no further run.
    left.length = 0;
  });
};

/** The result of one run of the whole suite against the reference server. */
export interface SuiteRun {
  readonly seed: number;
  readonly exitCode: number | null;
  /** The rules that didn't pass, each with its outcome and reason. */
  readonly notPassed: readonly string[];
  readonly exchanges: number;
  readonly seconds: number;
}

/** How late responses are, in milliseconds. */
export interface Delay {
  readonly latency: number;
  readonly jitter: number;
}

/** Runs the suite as a user does, in a separate process, against a separate reference server. */
const runOnce = async (
  seed: number,
  profile: string,
  delay: Delay | undefined,
): Promise<SuiteRun> => {
  const folder = await mkdtemp(join(tmpdir(), 'flakiness-'));
  const server = await startReferenceServer();
  const to = Number(new URL(server.url).port);
  const proxy = delay && (await openSlowProxy({ to, ...delay, random: Math.random }));
  const through = (url: string): string => withPort(url, proxy?.port ?? to);
  try {
    const report = join(folder, 'report.json');
    const start = performance.now();
    const { exitCode, stderr } = await runSuite([
      ...['--target', through(server.url), '--control', through(server.controlUrl)],
      ...['--seed', `${seed}`, '--profile', profile, '--report', `json:${report}`],
    ]);
    const seconds = (performance.now() - start) / 1000;
    return {
      seed,
      exitCode,
      ...(await readReport(report, stderr)),
      seconds: Math.round(seconds * 10) / 10,
    };
  } finally {
    await proxy?.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
};

const withPort = (url: string, port: number): string => {
  const changed = new URL(url);
  changed.port = `${port}`;
  return changed.href;
};

interface SuiteExit {
  readonly exitCode: number | null;
  /** The end of its standard error. */
  readonly stderr: string;
}

const runSuite = async (options: readonly string[]): Promise<SuiteExit> => {
  const cli = join(repositoryRoot, 'conformance', 'cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, 'run', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-10_000);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, stderr: removeMachinePaths(stderr).slice(-1_000) };
};

/** A run without a report proves nothing: it counts as not passed. */
const readReport = async (
  path: string,
  stderr: string,
): Promise<Pick<SuiteRun, 'notPassed' | 'exchanges'>> => {
  try {
    const { breakdown, rules, counts } = JSON.parse(await readFile(path, 'utf8')) as Report;
    if (breakdown && counts.exchanges === 0) throw new Error(breakdown.message);
    const notPassed = rules
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ id, outcome, reason }) =>
        removeMachinePaths([id, outcome, reason].filter(Boolean).join(' ')),
      );
    return { notPassed, exchanges: counts.exchanges };
  } catch {
    return { notPassed: [`no report: ${stderr}`], exchanges: 0 };
  }
};

/** The results of all runs against the reference server. */
export interface FlakinessResult {
  /** The commits at which it was measured: one, or more with `--missing`. */
  readonly commits: readonly string[];
  readonly profile: string;
  /** Runs at the same time. */
  readonly concurrency: number;
  readonly unloaded: readonly SuiteRun[];
  /** With busy threads and late responses. */
  readonly loaded: readonly SuiteRun[];
  readonly load: Delay & { readonly threads: number };
}

/** How many runs of each kind the proof needs. */
export const defaultRuns = { unloaded: 100, loaded: 20 } as const;

/** The runs with one more, ordered by seed. */
export const addRun = (runs: readonly SuiteRun[], run: SuiteRun): SuiteRun[] =>
  [...runs, run].sort((one, other) => one.seed - other.seed);

/** The next seeds, without those that have already run. */
export const seedsLeft = (
  { from, times }: { from: number; times: number },
  runs: readonly SuiteRun[],
): number[] =>
  Array.from({ length: times }, (_, index) => from + index).filter(
    (seed) => !runs.some((run) => run.seed === seed),
  );

/** Whether every rule passed, and a report says so. */
export const isClean = ({ exitCode, notPassed }: Pick<SuiteRun, 'exitCode' | 'notPassed'>) =>
  exitCode === 0 && notPassed.length === 0;

/** Keeps this many threads of this process busy, until the returned function is called. */
export const startCpuLoad = (threads: number): (() => Promise<void>) => {
  const workers = Array.from({ length: threads }, () => new Worker(busy, { eval: true }));
  return async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
};

const busy = 'for (;;) Math.sqrt(Math.random());';
