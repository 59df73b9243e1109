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
  /** Is told when the server ends before it is stopped. */
  readonly warn: (text: string) => void;
  /** Milliseconds that it may take until it answers; a minute unless told otherwise. */
  readonly patience?: number;
  /** Milliseconds that it has to end in good order; a few seconds unless told otherwise. */
  readonly grace?: number;
}

/**
 * Starts a server and waits until it answers. What it says is kept, and told only when it fails.
 *
 * @returns what ends it and all that it started in turn
 * @throws Breakdown when it ends early, never answers, or something else answers there already
 */
export const startServer = async (options: StartOptions): Promise<() => Promise<void>> => {
  const { command, url, grace = 5_000, warn } = options;
  if (process.platform === 'win32') {
    throw usageError('--start needs a POSIX shell. Start the target yourself, and leave it out.');
  }
  if ((await statusOf(options)) !== undefined) {
    throw usageError(`Something answers at ${url} already. Stop it, or leave --start out.`);
  }
  const group = runGroup(command);
  let stopping = false;
  const stop = (): Promise<void> => {
    stopping = true;
    return group.stop(grace);
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
        `${describeExit(group, command)} before it answered at ${url}.${outputOf(group)}`,
      );
    }
    const status = await statusOf(options);
    if (status !== undefined && !notReady.includes(status)) return;
    if (now() >= deadline) throw breakdownError(describeNoResponse(group, status, options));
    // An interruption ends the sleep as well, and is noticed above.
    await Promise.race([sleep(pause).catch(() => undefined), group.end]);
  }
};

/** Milliseconds between two attempts. */
const pause = 100;

/** What stands before a server that isn't there yet says so with these. */
const notReady = [502, 503, 504];

/** What is answered, whatever it is; undefined when nobody does. */
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
  `What --start started (${command}) ${group.ending() ?? 'ended'}`;

const describeNoResponse = (
  group: ProcessGroup,
  status: number | undefined,
  { command, url, patience = 60_000 }: StartOptions,
): string => {
  const what =
    status === undefined ? 'Nobody answered' : `Nothing but ${String(status)} was answered`;
  const limit = `within ${String(patience / 1000)} s of \`${command}\``;
  return `${what} at ${url} ${limit}. See that the URL is the one that it serves.${outputOf(group)}`;
};

/** What it said last, on lines of its own. */
const outputOf = (group: ProcessGroup): string => {
  const lines = group.lastLines();
  if (lines.length === 0) return ' It said nothing.';
  return [' It said last:', ...lines.map((line) => `  ${line}`)].join('\n');
};

/** A shell command that runs with all that it starts in turn. */
interface ProcessGroup {
  /** Resolves when the command has ended, by itself or not. */
  readonly end: Promise<unknown>;
  /** How the command ended, as the end of a sentence; undefined as long as it runs. */
  readonly ending: () => string | undefined;
  /** What it said last. */
  readonly lastLines: () => readonly string[];
  /** Asks everything in it to end, and makes it after so many milliseconds. */
  readonly stop: (grace: number) => Promise<void>;
}

/**
 * Starts the command that it is given. Its input ends where the suite does, even if that is killed:
 * then whatever is left in the group is ended, as nobody else would do it any more.
 */
const script = `exec 3<&0
(cat <&3; trap '' TERM; kill -TERM 0; sleep 5; kill -KILL 0) >/dev/null 2>&1 &
exec 3<&-
exec /bin/sh -c "$1" </dev/null`;

/** So much is told of a server that failed. */
const mostLines = 20;

/** Runs a shell command in a process group of its own, its output kept. */
const runGroup = (command: string): ProcessGroup => {
  const child = spawn('/bin/sh', ['-c', script, 'sh', command], { detached: true, stdio: 'pipe' });
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      lines.push(line);
      if (lines.length > mostLines) lines.shift();
    });
  }
  // Not before all of its output was read.
  const end = once(child, 'close');
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // Nobody is left in the group.
    }
  };
  return {
    end,
    ending: () => {
      if (child.signalCode !== null) return `was ended by ${child.signalCode}`;
      return child.exitCode === null ? undefined : `ended with exit code ${String(child.exitCode)}`;
    },
    lastLines: () => lines,
    stop: async (grace) => {
      signal('SIGTERM');
      await Promise.race([end, sleep(grace, undefined, { ref: false })]);
      signal('SIGKILL');
      await end;
    },
  };
};

/** The reference server of this kit, running as a process of its own. */
export interface EmbeddedServer {
  readonly url: string;
  readonly controlUrl: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the reference server on a free port. It is met over HTTP like any other target, and ends
 * with this process whatever happens to it.
 *
 * @throws Breakdown when it ends before it listens
 */
export const startReferenceServer = async (): Promise<EmbeddedServer> => {
  const entry = fileURLToPath(new URL('../../reference-server/cli.ts', import.meta.url));
  const flags = ['--port', '0', '--empty', '--self-check', '--exit-with-parent'];
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C goes to a whole process group; this one is still needed to tell what is known.
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
      'The reference server ended before it listened. Run `npm start` to see what it says.',
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
