import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '../../cli/command.ts';

/** How a server is started. */
export interface Launch {
  /** The database file; without one, data is in memory only. */
  readonly db?: string;
  /** A module that is loaded first; tests use it to inject a defect. */
  readonly preload?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The maximum number of open descriptors. */
  readonly descriptors?: number;
  /** The maximum size of a file that it writes, in KiB. */
  readonly fileSize?: number;
}

/** A server's memory and descriptors, after garbage collection. */
export interface ProcessMeasures {
  /** Resident memory in bytes. */
  readonly rss: number;
  /** The heap in use and buffers, in bytes. */
  readonly held: number;
  /** Open descriptors. */
  readonly descriptors: number;
}

/** A server process, started by its command. */
export interface ServerProcess {
  readonly pid: number;
  /** The base URL of the API. */
  readonly url: string;
  /** The base URL of the control API. */
  readonly controlUrl: string;
  /** Resolves with the exit code when the process has ended. */
  readonly gone: Promise<number | null>;
  /** Whether the process has ended. */
  readonly isGone: () => boolean;
  /** Its standard error so far. */
  readonly complaints: () => string;
  readonly measure: () => Promise<ProcessMeasures>;
  /** Its peak resident memory in bytes; undefined where the system doesn't report it. */
  readonly peak: () => number | undefined;
  /** Sends SIGKILL; resolves when the process has ended. */
  readonly kill: () => Promise<void>;
  /** Sends SIGTERM; resolves with the exit code when the process has ended. */
  readonly stop: () => Promise<number | null>;
}

/** Starts a server and waits until it listens. Throws StartFailure if it ends before. */
export type Start = (launch: Launch) => Promise<ServerProcess>;

/** A server that ended instead of listening. */
export class StartFailure extends Error {
  readonly code: number | null;
  readonly said: string;

  constructor(code: number | null, said: string) {
    super(`The server did not start (exit code ${String(code)}): ${said.trim()}`);
    this.code = code;
    this.said = said;
  }
}

const announcement = /listening at (\S+) \(control: (\S+)\)/;

export const startServerProcess: Start = async (launch) => {
  const { child, output, errors, gone } = spawnServer(launch);
  let ended = false;
  void gone.then(() => (ended = true));
  const announced = new Promise<RegExpExecArray>((resolve) => {
    child.stdout?.on('data', () => {
      const found = announcement.exec(output.join(''));
      if (found) resolve(found);
    });
  });
  const found = await Promise.race([announced, gone]);
  if (!Array.isArray(found)) throw new StartFailure(found, errorOutput(errors) || output.join(''));
  const [, url = '', controlUrl = ''] = found;
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return gone;
  };
  return {
    ...{ pid: child.pid ?? 0, url, controlUrl, gone },
    isGone: () => ended,
    complaints: () => errorOutput(errors),
    measure: () => measure(child),
    peak: () => peakOf(child.pid ?? 0),
    kill: () => end('SIGKILL').then(() => undefined),
    stop: () => end('SIGTERM'),
  };
};

/** A server's standard error, without messages about an outdated build. */
const errorOutput = (chunks: readonly string[]): string =>
  chunks.join('').replaceAll(/^.*`npm run build`.*\n/gm, '');

/** Starts a server and kills it after some milliseconds, whether it listens by then or not. */
export const killAtStart = async (file: string, milliseconds: number): Promise<void> => {
  const { child, gone } = spawnServer({ db: file });
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await gone;
};

const spawnServer = ({ db, preload, environment, descriptors, fileSize }: Launch) => {
  const command = join(repositoryRoot, 'reference-server', 'leadgrid-mock.js');
  const probe = import.meta.resolve('./probe.js');
  // The server ends with this process, however that ends.
  const options = ['--port', '0', '--empty', '--exit-with-parent', ...(db ? ['--db', db] : [])];
  const modules = [probe, ...(preload === undefined ? [] : [preload])];
  const flags = ['--expose-gc', ...modules.flatMap((module) => ['--import', module])];
  const server = [process.execPath, ...flags, command, ...options];
  // ulimit -f counts blocks of 512 bytes. Node ignores the signal for a file that is too large.
  const limits = [
    ...(descriptors === undefined ? [] : [`ulimit -n ${descriptors}`]),
    ...(fileSize === undefined ? [] : [`ulimit -S -f ${fileSize * 2}`]),
  ];
  const [program = '', ...rest] =
    limits.length === 0 ? server : ['sh', '-c', `${limits.join('; ')}; exec "$@"`, 'sh', ...server];
  const child = spawn(program, rest, {
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ...environment },
  });
  const [output, errors] = [child.stdout, child.stderr].map((stream) => {
    const chunks: string[] = [];
    stream?.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
    return chunks;
  }) as [string[], string[]];
  const gone = once(child, 'close').then(([code]) => code as number | null);
  return { child, output, errors, gone };
};

const measure = async (child: ChildProcess): Promise<ProcessMeasures> => {
  // The second garbage collection frees what was released during the first.
  for (let round = 0; ; round++) {
    const reply = once(child, 'message', { signal: AbortSignal.timeout(10_000) });
    child.send('measure');
    const [measured] = (await reply) as [ProcessMeasures];
    if (round > 0) return measured;
    await sleep(100);
  }
};

/** The peak resident memory in bytes, which Linux records. */
const peakOf = (pid: number): number | undefined => {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found ? Number(found[1]) * 1024 : undefined;
  } catch {
    return undefined;
  }
};
