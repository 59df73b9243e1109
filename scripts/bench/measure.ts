import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The cores of the server and of the client. */
const cores = { server: '0', client: '1' } as const;

/** Whether processes can be pinned to a core, and their CPU time be read. */
export const canPin = process.platform === 'linux' && cpus().length > 1;

/** A server under measurement. */
export interface Measured {
  readonly child: ChildProcess;
  /** The match of its announcement. */
  readonly announced: RegExpExecArray;
  /** Milliseconds from the start of its process to the announcement. */
  readonly readyAfter: number;
  readonly stop: () => Promise<void>;
}

/** The command, pinned to a core. */
const pinned = (core: keyof typeof cores, command: readonly string[]): string[] =>
  canPin ? ['taskset', '-c', cores[core], ...command] : [...command];

/** How long a server may take to be ready, and to end, in milliseconds. */
const startTimeout = 120_000;

/** Starts a Node program on the server's core, and waits for its announcement. */
export const startMeasuredServer = async (
  args: readonly string[],
  announcement: RegExp,
): Promise<Measured> => {
  const [command = '', ...rest] = pinned('server', [process.execPath, ...args]);
  const begun = performance.now();
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => {
      resolve();
    });
  });
  let said = '';
  const announced = new Promise<RegExpExecArray>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        if (said.length < 10_000) said += chunk.toString();
        const found = announcement.exec(said);
        if (found) resolve(found);
      });
    }
  });
  const late = sleep(startTimeout, undefined, { ref: false });
  const first = await Promise.race([announced, gone, late]);
  const readyAfter = performance.now() - begun;
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  if (first) return { child, announced: first, readyAfter, stop };
  await stop();
  throw new Error(`${args[0] ?? ''} did not start: ${said.trim().slice(-300)}`);
};

/** The CPU time of a process, in microseconds; undefined where it can't be read. */
export const timeOf = ({ child }: Measured): number | undefined => {
  if (!canPin || child.pid === undefined) return undefined;
  const folder = `/proc/${child.pid}/task`;
  const times = readdirSync(folder).map((thread) =>
    Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return times.reduce((sum, time) => sum + time, 0) / 1000;
};

/** The resident memory of a process, in bytes; undefined where it can't be read. */
export const memoryOf = ({ child }: Measured): number | undefined => {
  if (!canPin || child.pid === undefined) return undefined;
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
  return Number(found?.[1]) * 1024;
};

/** Requests of one kind. */
export interface Requests {
  readonly url: string;
  readonly key?: string;
  /** Sent as JSON by POST; `[<id>]` in it is unique for each request. */
  readonly body?: string;
}

/** One measurement. */
export interface Sample {
  readonly perSecond: number;
  /** CPU time of the server for each request, in microseconds. */
  readonly time: number | undefined;
}

interface Result {
  readonly duration: number;
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
}

// The load generator runs in its own process. It supports keep-alive, several connections, and
// bodies with ids.
const program = fileURLToPath(import.meta.resolve('autocannon'));

/** The duration of the load in seconds, or its number of requests. */
export type Extent = { readonly seconds: number } | { readonly requests: number };

/** Puts a server under load from the client's core. */
export const load = async (
  server: Measured,
  { url, key, body }: Requests,
  extent: Extent,
  connections = 20,
): Promise<Sample> => {
  const options = [
    ...['--json', '--no-progress', '-c', String(connections)],
    ...('seconds' in extent ? ['-d', String(extent.seconds)] : ['-a', String(extent.requests)]),
    ...(key === undefined ? [] : ['-H', `Authorization=Bearer ${key}`]),
    ...(body === undefined
      ? []
      : ['-m', 'POST', '-I', '-b', body, '-H', 'Content-Type=application/json']),
    url,
  ];
  const before = timeOf(server);
  const [command = '', ...args] = pinned('client', [process.execPath, program, ...options]);
  const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 2 ** 24 });
  const after = timeOf(server);
  const result = JSON.parse(stdout) as Result;
  const count = result['2xx'];
  const wrong = result.non2xx + result.errors;
  if (wrong > 0)
    throw new Error(`${url} answered ${count} requests with success, ${wrong} otherwise`);
  return {
    perSecond: count / result.duration,
    time:
      before === undefined || after === undefined || count === 0
        ? undefined
        : (after - before) / count,
  };
};
