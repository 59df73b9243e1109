import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../../conformance/report.ts';
import { startReferenceServer } from '../../../conformance/targets/embedded.ts';
import { repositoryRoot } from '../../repository.ts';
import { cutPlaces } from '../places.ts';
import { openSlowWay } from './slow-way.ts';

/** What one run of the whole suite on the reference server came to. */
export interface SteadyRun {
  readonly seed: number;
  readonly exitCode: number | null;
  /** The rules that didn't pass, each with how it ended. */
  readonly unsteady: readonly string[];
  readonly exchanges: number;
  readonly seconds: number;
}

/** How late answers are, in milliseconds. */
export interface Lateness {
  readonly latency: number;
  readonly jitter: number;
}

/** Runs the suite as its users do, in a process of its own, on a reference server of its own. */
export const runOnce = async (
  seed: number,
  profile: string,
  lateness: Lateness | undefined,
): Promise<SteadyRun> => {
  const folder = await mkdtemp(join(tmpdir(), 'steadiness-'));
  const server = await startReferenceServer();
  const to = Number(new URL(server.url).port);
  const way = lateness && (await openSlowWay({ to, ...lateness, random: Math.random }));
  const through = (url: string): string => moved(url, way?.port ?? to);
  try {
    const report = join(folder, 'report.json');
    const start = performance.now();
    const { exitCode, said } = await judge([
      ...['--target', through(server.url), '--control', through(server.controlUrl)],
      ...['--seed', `${seed}`, '--profile', profile, '--report', `json:${report}`],
    ]);
    const seconds = (performance.now() - start) / 1000;
    return {
      seed,
      exitCode,
      ...(await read(report, said)),
      seconds: Math.round(seconds * 10) / 10,
    };
  } finally {
    await way?.close();
    await server.close();
    await rm(folder, { recursive: true });
  }
};

const moved = (url: string, port: number): string => {
  const there = new URL(url);
  there.port = `${port}`;
  return there.href;
};

interface Ended {
  readonly exitCode: number | null;
  /** The end of what it complained of. */
  readonly said: string;
}

const judge = async (options: readonly string[]): Promise<Ended> => {
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
  return { exitCode, said: cutPlaces(said).slice(-1_000) };
};

/** A run that broke down before it could report has shown nothing. */
const read = async (
  path: string,
  said: string,
): Promise<Pick<SteadyRun, 'unsteady' | 'exchanges'>> => {
  try {
    const { rules, counts } = JSON.parse(await readFile(path, 'utf8')) as Report;
    const unsteady = rules
      .filter(({ outcome }) => outcome !== 'passed')
      .map(({ id, outcome, reason }) => cutPlaces([id, outcome, reason].filter(Boolean).join(' ')));
    return { unsteady, exchanges: counts.exchanges };
  } catch {
    return { unsteady: [`no report: ${said}`], exchanges: 0 };
  }
};
