import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '../../cli/command.ts';

/** How a server is started. */
export interface Launch {
  /** The file that it keeps its data in; memory only without one. */
  readonly db?: string;
  /** A module that is loaded into it first: a defect that a test puts in. */
  readonly preload?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** How many descriptors it may have open. */
  readonly descriptors?: number;
  /** The size of the largest file that it may write, in KiB. */
  readonly fileSize?: number;
}

/** What a server holds, after garbage collection. */
export interface ProcessMeasures {
  /** Resident memory in bytes. */
  readonly rss: number;
  /** Bytes that the program holds: the heap in use and buffers. */
  readonly held: number;
  /** Open descriptors. */
  readonly descriptors: number;
}

/** A server as a user starts it. */
export interface ServerProcess {
  readonly pid: number;
  /** The base URL of the API. */
  readonly url: string;
  /** The base URL of the control API. */
  readonly controlUrl: string;
  /** The exit code, once it is gone, for whatever reason. */
  readonly gone: Promise<number | null>;
  /** Whether it is gone. */
  readonly isGone: () => boolean;
  /** What it has written to standard error so far. */
  readonly complaints: () => string;
  readonly measure: () => Promise<ProcessMeasures>;
  /** The most memory that it ever had, in bytes; undefined where the system doesn't say. */
  readonly peak: () => number | undefined;
  /** Ends it as a crash would, and resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Ends it as a user would, and resolves when it is gone, with its exit code. */
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
  if (!Array.isArray(found)) throw new StartFailure(found, complaintsIn(errors) || output.join(''));
  const [, url = '', controlUrl = ''] = found;
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return gone;
  };
  return {
    ...{ pid: child.pid ?? 0, url, controlUrl, gone },
    isGone: () => ended,
    complaints: () => complaintsIn(errors),
    measure: () => measure(child),
    peak: () => peakOf(child.pid ?? 0),
    kill: () => end('SIGKILL').then(() => undefined),
    stop: () => end('SIGTERM'),
  };
};

/** What a server has said, but for the state of its build, which is none of the attack's. */
const complaintsIn = (said: readonly string[]): string =>
  said.join('').replaceAll(/^.*`npm run build`.*\n/gm, '');

/** Starts a server and kills it after so many milliseconds, wherever it is then. */
export const killAtStart = async (file: string, milliseconds: number): Promise<void> => {
  const { child, gone } = spawnServer({ db: file });
  await sleep(milliseconds);
  child.kill('SIGKILL');
  await gone;
};

const spawnServer = ({ db, preload, environment, descriptors, fileSize }: Launch) => {
  const command = join(repositoryRoot, 'reference-server', 'leadgrid-mock.js');
  const probe = import.meta.resolve('./probe.js');
  // Whatever ends this process ends the server too.
  const options = ['--port', '0', '--empty', '--exit-with-parent', ...(db ? ['--db', db] : [])];
  const modules = [probe, ...(preload === undefined ? [] : [preload])];
  const flags = ['--expose-gc', ...modules.flatMap((module) => ['--import', module])];
  const server = [process.execPath, ...flags, command, ...options];
  // The shell counts blocks of 512 bytes. Node ignores the signal that a file too large brings.
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
    const said: string[] = [];
    stream?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    return said;
  }) as [string[], string[]];
  const gone = once(child, 'close').then(([code]) => code as number | null);
  return { child, output, errors, gone };
};

const measure = async (child: ChildProcess): Promise<ProcessMeasures> => {
  // What was let go a moment ago is collected the second time.
  for (let round = 0; ; round++) {
    const answered = once(child, 'message', { signal: AbortSignal.timeout(10_000) });
    child.send('measure');
    const [measured] = (await answered) as [ProcessMeasures];
    if (round > 0) return measured;
    await sleep(100);
  }
};

/** Linux keeps the high-water mark. */
const peakOf = (pid: number): number | undefined => {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found ? Number(found[1]) * 1024 : undefined;
  } catch {
    return undefined;
  }
};
