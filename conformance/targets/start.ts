import { brokenDown, misuse } from '../breakdown.ts';
import { runGroup, type ProcessGroup } from './process-group.ts';

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
  readonly tell: (text: string) => void;
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
  const { command, url, grace = 5_000, tell } = options;
  if (process.platform === 'win32') {
    throw misuse('--start needs a POSIX shell. Start the target yourself, and leave it out.');
  }
  if ((await statusOf(options)) !== undefined) {
    throw misuse(`Something answers at ${url} already. Stop it, or leave --start out.`);
  }
  const group = runGroup(command);
  let stopping = false;
  const stop = (): Promise<void> => {
    stopping = true;
    return group.stop(grace);
  };
  try {
    await untilAnswered(group, options);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  void group.end.then(() => {
    if (!stopping) tell(`${tellEnding(group, command)} before it was stopped.${said(group)}\n`);
  });
  return stop;
};

const untilAnswered = async (group: ProcessGroup, options: StartOptions): Promise<void> => {
  const { command, url, now, sleep, interruption, patience = 60_000 } = options;
  const deadline = now() + patience;
  for (;;) {
    if (interruption.aborted) throw brokenDown('The run was interrupted.');
    if (group.ending() !== undefined) {
      await group.end;
      throw brokenDown(`${tellEnding(group, command)} before it answered at ${url}.${said(group)}`);
    }
    const status = await statusOf(options);
    if (status !== undefined && !unready.includes(status)) return;
    if (now() >= deadline) throw brokenDown(tellSilence(group, status, options));
    // An interruption ends the sleep as well, and is noticed above.
    await Promise.race([sleep(pause).catch(() => undefined), group.end]);
  }
};

/** Milliseconds between two attempts. */
const pause = 100;

/** What stands before a server that isn't there yet says so with these. */
const unready = [502, 503, 504];

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

const tellEnding = (group: ProcessGroup, command: string): string =>
  `What --start started (${command}) ${group.ending() ?? 'ended'}`;

const tellSilence = (
  group: ProcessGroup,
  status: number | undefined,
  { command, url, patience = 60_000 }: StartOptions,
): string => {
  const what =
    status === undefined ? 'Nobody answered' : `Nothing but ${String(status)} was answered`;
  const limit = `within ${String(patience / 1000)} s of \`${command}\``;
  return `${what} at ${url} ${limit}. See that the URL is the one that it serves.${said(group)}`;
};

/** What it said last, on lines of its own. */
const said = (group: ProcessGroup): string => {
  const lines = group.lastLines();
  if (lines.length === 0) return ' It said nothing.';
  return [' It said last:', ...lines.map((line) => `  ${line}`)].join('\n');
};
