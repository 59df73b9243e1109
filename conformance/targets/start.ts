import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { breakdownError, usageError } from '../errors.ts';

export interface StartOptions {
  /** For the shell. */
  readonly command: string;
  /** Where the server will answer. */
  readonly url: string;
  readonly fetch: (request: Request, signal?: AbortSignal) => Promise<Response>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly interruption: AbortSignal;
  /** Called when the server ends before it is stopped. */
  readonly warn: (text: string) => void;
  /** Milliseconds until it must respond; 60,000 by default. */
  readonly patience?: number;
  /** Milliseconds between SIGTERM and SIGKILL; 5,000 by default. */
  readonly grace?: number;
}

/**
 * Starts a server and waits until it responds. Its output is shown only when it fails.
 *
 * @returns a function that stops it with all its child processes
 * @throws Breakdown when it ends early or never responds, or another server responds there already
 */
export const startServer = async (options: StartOptions): Promise<() => Promise<void>> => {
  const { command, url, interruption, grace = 5_000, warn } = options;
  if (process.platform === 'win32') {
    throw usageError('--start needs a POSIX shell. Start the target yourself, and remove --start.');
  }
  if ((await statusOf(options)) !== undefined) {
    throw usageError(`A server responds at ${url} already. Stop it, or remove --start.`);
  }
  const group = runGroup(command);
  let stopping = false;
  const stop = (): Promise<void> => {
    stopping = true;
    return group.stop(grace, interruption);
  };
  try {
    await waitForResponse(group, options);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  void group.end.then(() => {
    if (!stopping)
      warn(`${describeExit(group, command)} before it was stopped.${outputOf(group)}\n`);
  });
  return stop;
};

const waitForResponse = async (group: ProcessGroup, options: StartOptions): Promise<void> => {
  const { command, url, now, sleep, interruption, patience = 60_000 } = options;
  const deadline = now() + patience;
  for (;;) {
    if (interruption.aborted) throw breakdownError('The run was interrupted.');
    if (group.ending() !== undefined) {
      await group.end;
      throw breakdownError(
        `${describeExit(group, command)} before it responded at ${url}.${outputOf(group)}`,
      );
    }
    const status = await statusOf(options);
    if (status !== undefined && !notReady.includes(status)) return;
    if (now() >= deadline) throw breakdownError(describeNoResponse(group, status, options));
    // An interruption ends the sleep too, and is handled above.
    await Promise.race([sleep(pause).catch(() => undefined), group.end]);
  }
};

/** Milliseconds between two attempts. */
const pause = 100;

/** The statuses with which a gateway says that the server isn't ready. */
const notReady = [502, 503, 504];

/** The status of any response; undefined without one. */
const statusOf = async ({ url, fetch }: StartOptions): Promise<number | undefined> => {
  const headers = { connection: 'close' };
  const signal = AbortSignal.timeout(5_000);
  try {
    const { status, body } = await fetch(new Request(url, { headers }), signal);
    await body?.cancel();
    return status;
  } catch {
    return undefined;
  }
};

const describeExit = (group: ProcessGroup, command: string): string =>
  `The command of --start (${command}) ${group.ending() ?? 'ended'}`;

const describeNoResponse = (
  group: ProcessGroup,
  status: number | undefined,
  { command, url, patience = 60_000 }: StartOptions,
): string => {
  const what =
    status === undefined ? 'There was no response' : `The only response was ${String(status)}`;
  const limit = `within ${String(patience / 1000)} s of \`${command}\``;
  return `${what} from ${url} ${limit}. Check that the server listens at that URL.${outputOf(group)}`;
};

/** The last lines of its output. */
const outputOf = (group: ProcessGroup): string => {
  const lines = group.lastLines();
  if (lines.length === 0) return ' It printed nothing.';
  return [' Its last output:', ...lines.map((line) => `  ${line}`)].join('\n');
};

/** A running shell command with all its child processes. */
interface ProcessGroup {
  /** Resolves when the command has ended. */
  readonly end: Promise<unknown>;
  /** How the command ended, as the end of a sentence; undefined as long as it runs. */
  readonly ending: () => string | undefined;
  /** The last lines of its output. */
  readonly lastLines: () => readonly string[];
  /** Sends SIGTERM to all processes, and SIGKILL after so many milliseconds, or an interruption. */
  readonly stop: (grace: number, interruption: AbortSignal) => Promise<void>;
}

/**
 * Executes the command `$1`. When the suite ends, even by SIGKILL, the input of this script ends too,
 * and it stops what is left of the process group.
 */
const script = `exec 3<&0
(cat <&3; trap '' TERM; kill -TERM 0; sleep 5; kill -KILL 0) >/dev/null 2>&1 &
exec 3<&-
exec /bin/sh -c "$1" </dev/null`;

/** Lines of output that are shown of a server that failed. */
const mostLines = 20;

/** Runs a shell command in its own process group, and keeps its output. */
const runGroup = (command: string): ProcessGroup => {
  const child = spawn('/bin/sh', ['-c', script, 'sh', command], { detached: true, stdio: 'pipe' });
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > mostLines) lines.shift();
    });
  }
  // `close` comes after all output was read.
  const end = once(child, 'close');
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group has no process left.
    }
  };
  return {
    end,
    ending: () => {
      if (child.signalCode !== null) return `was ended by ${child.signalCode}`;
      return child.exitCode === null ? undefined : `ended with exit code ${String(child.exitCode)}`;
    },
    lastLines: () => lines,
    stop: async (grace, interruption) => {
      signal('SIGTERM');
      await Promise.race([end, graceOf(grace, interruption)]);
      signal('SIGKILL');
      // A process that left the group may still hold its output.
      await Promise.race([end, sleep(untilKilled, undefined, { ref: false })]);
    },
  };
};

/** Milliseconds. */
const untilKilled = 1_000;

/** Milliseconds that a server has to end by itself after the user has interrupted the run. */
const hurried = 150;

const graceOf = async (grace: number, interruption: AbortSignal): Promise<void> => {
  // An interruption cuts it short.
  const wait = sleep(grace, undefined, { ref: false, signal: interruption });
  await wait.catch(() => sleep(hurried, undefined, { ref: false }));
};

/** The reference server of this kit, running as a child process. */
export interface EmbeddedServer {
  readonly url: string;
  readonly controlUrl: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the reference server on a free port. The suite calls it over HTTP like any other target. It
 * ends with this process, even by SIGKILL.
 *
 * @throws Breakdown when it ends before it listens
 */
export const startReferenceServer = async (): Promise<EmbeddedServer> => {
  const entry = fileURLToPath(new URL('../../reference-server/leadgrid-mock.js', import.meta.url));
  const flags = ['--port', '0', '--empty', '--self-check', '--exit-with-parent'];
  const child = spawn(process.execPath, [entry, ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C signals the whole process group, but an interrupted run still needs the server.
    detached: true,
  });
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  const urls = await Promise.race([announcement(child.stdout), ended]);
  if (!urls) {
    throw breakdownError(
      'The reference server ended before it listened. Run `npm start` to see its output.',
    );
  }
  return {
    ...urls,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

const announcement = async (output: NodeJS.ReadableStream) => {
  for await (const line of createInterface({ input: output })) {
    const [, url, controlUrl] = /listening at (\S+) \(control: (\S+)\)/.exec(line) ?? [];
    if (url && controlUrl) {
      output.resume();
      return { url, controlUrl };
    }
  }
  return undefined;
};
