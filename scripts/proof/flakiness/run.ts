import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Report } from '../../../conformance/report/report.ts';
import { startReferenceServer } from '../../../conformance/targets/start.ts';
import { repositoryRoot } from '../../cli/command.ts';
import { removeMachinePaths } from '../harness/record.ts';
import { openSlowProxy } from './slow-proxy.ts';

export interface SeedRuns {
  /** One run for each. */
  readonly seeds: readonly number[];
  readonly profile: string;
  /** How many runs go on at the same time. */
  readonly beside: number;
  /** Undefined for a server that answers as fast as it can. */
  readonly lateness: Delay | undefined;
  /** Is told of each run when it is over. */
  readonly tell: (run: SuiteRun) => void;
}

/** Judges the reference server with one seed after another, some of them at the same time. */
export const runSeeds = async (repetition: SeedRuns): Promise<void> => {
  const { seeds, profile, beside, lateness, tell } = repetition;
  const left = [...seeds];
  const lane = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      tell(await runOnce(seed, profile, lateness));
    }
  };
  const lanes = Array.from({ length: beside }, lane);
  await Promise.all(lanes).finally(() => {
    // When one lane breaks down, the others begin no further run.
    left.length = 0;
  });
};

/** What one run of the whole suite on the reference server came to. */
export interface SuiteRun {
  readonly seed: number;
  readonly exitCode: number | null;
  /** The rules that didn't pass, each with how it ended. */
  readonly unsteady: readonly string[];
  readonly exchanges: number;
  readonly seconds: number;
}

/** How late answers are, in milliseconds. */
export interface Delay {
  readonly latency: number;
  readonly jitter: number;
}

/** Runs the suite as its users do, in a process of its own, on a reference server of its own. */
const runOnce = async (
  seed: number,
  profile: string,
  lateness: Delay | undefined,
): Promise<SuiteRun> => {
  const folder = await mkdtemp(join(tmpdir(), 'steadiness-'));
  const server = await startReferenceServer();
  const to = Number(new URL(server.url).port);
  const way = lateness && (await openSlowProxy({ to, ...lateness, random: Math.random }));
  const through = (url: string): string => withPort(url, way?.port ?? to);
  try {
    const report = join(folder, 'report.json');
    const start = performance.now();
    const { exitCode, said } = await runSuite([
      ...['--target', through(server.url), '--control', through(server.controlUrl)],
      ...['--seed', `${seed}`, '--profile', profile, '--report', `json:${report}`],
    ]);
    const seconds = (performance.now() - start) / 1000;
    return {
      seed,
      exitCode,
      ...(await readReport(report, said)),
      seconds: Math.round(seconds * 10) / 10,
    };
  } finally {
    await way?.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
};

const withPort = (url: string, port: number): string => {
  const there = new URL(url);
  there.port = `${port}`;
  return there.href;
};

interface SuiteExit {
  readonly exitCode: number | null;
  /** The end of what it complained of. */
  readonly said: string;
}

const runSuite = async (options: readonly string[]): Promise<SuiteExit> => {
  const cli = join(repositoryRoot, 'conformance', 'cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, 'run', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-10_000);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, said: removeMachinePaths(said).slice(-1_000) };
};

/** A run that broke down before it could report has shown nothing. */
const readReport = async (
  path: string,
  said: string,
): Promise<Pick<SuiteRun, 'unsteady' | 'exchanges'>> => {
  try {
    const { rules, counts } = JSON.parse(await readFile(path, 'utf8')) as Report;
    const unsteady = rules
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ id, outcome, reason }) =>
        removeMachinePaths([id, outcome, reason].filter(Boolean).join(' ')),
      );
    return { unsteady, exchanges: counts.exchanges };
  } catch {
    return { unsteady: [`no report: ${said}`], exchanges: 0 };
  }
};

/** What the runs on the honest server came to. */
export interface FlakinessResult {
  /** The states of the repository in which it was measured: one, or more with `--missing`. */
  readonly commits: readonly string[];
  readonly profile: string;
  /** How many runs went on at the same time. */
  readonly beside: number;
  readonly plain: readonly SuiteRun[];
  /** Beside busy threads, and with late answers. */
  readonly burdened: readonly SuiteRun[];
  readonly burden: Delay & { readonly threads: number };
}

/** How many runs of each kind are enough to be told of. */
export const usualRuns = { plain: 100, burdened: 20 } as const;

/** With one run more, in the order of their seeds. */
export const addRun = (runs: readonly SuiteRun[], run: SuiteRun): SuiteRun[] =>
  [...runs, run].sort((one, other) => one.seed - other.seed);

/** So many seeds from this one on, but those of runs that are over. */
export const seedsLeft = (
  { from, times }: { from: number; times: number },
  runs: readonly SuiteRun[],
): number[] =>
  Array.from({ length: times }, (_, index) => from + index).filter(
    (seed) => !runs.some((run) => run.seed === seed),
  );

/** Whether a run found nothing at all: each rule passed, and a report says so. */
export const isClean = ({ exitCode, unsteady }: Pick<SuiteRun, 'exitCode' | 'unsteady'>) =>
  exitCode === 0 && unsteady.length === 0;

/** Keeps so many threads of this process busy until it is told to stop. */
export const startCpuLoad = (threads: number): (() => Promise<void>) => {
  const workers = Array.from({ length: threads }, () => new Worker(busy, { eval: true }));
  return async () => {
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
};

const busy = 'for (;;) Math.sqrt(Math.random());';
