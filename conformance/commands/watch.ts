import { usageError } from '../errors.ts';
import type { EndedRun } from './execute.ts';
import type { Send } from '../http/message.ts';
import { asFetch, type Fetch } from '../http/web-classes.ts';
import type { Keyboard, Terminal } from './terminal.ts';

/** A run, and the exit code that it would end the command with. */
export type WatchedRun = Pick<EndedRun, 'report' | 'opened' | 'serverEnd' | 'close'> & {
  readonly exitCode: number;
};

/** Where keys are pressed, and the way to the target. */
interface WatchContext {
  readonly terminal: Terminal;
  readonly send: Send;
}

/** @throws Breakdown where nobody could press a key */
export const requireKeyboard = ({ keyboard }: Terminal): Keyboard => {
  if (keyboard) return keyboard;
  throw usageError('--watch needs a terminal that it can read keys from. Remove --watch.');
};

/**
 * Runs again and again: when Enter is pressed, and when the server of `--start` ends or restarts
 * while the next run is waited for.
 *
 * @param started - whether the run starts the server
 * @returns the exit code of the last run
 */
export const watchRuns = async (
  run: () => Promise<WatchedRun>,
  started: boolean,
  { terminal, send }: WatchContext,
): Promise<number> => {
  const keyboard = requireKeyboard(terminal);
  for (;;) {
    const { exitCode, close, ...ended } = await run();
    if (terminal.interruption.aborted) {
      await close();
      return exitCode;
    }
    terminal.err(`Press Enter to run again, or q to quit.\n`);
    const next = await nextStep(ended, keyboard, started, { terminal, send });
    await close();
    if (next === 'quit') return exitCode;
    terminal.err(`${reasons[next]}\n`);
  }
};

type Step = 'key' | 'server' | 'quit';

const reasons: Readonly<Record<Exclude<Step, 'quit'>, string>> = {
  key: 'Running again.',
  server: 'The server of --start ended or restarted. Running again.',
};

/** Waits for what comes first: a key, an interruption, or a server that is gone. */
const nextStep = async (
  { report, opened, serverEnd }: Omit<WatchedRun, 'close' | 'exitCode'>,
  keyboard: Keyboard,
  started: boolean,
  { terminal, send }: WatchContext,
): Promise<Step> => {
  const decided = new AbortController();
  const stop = AbortSignal.any([terminal.interruption, decided.signal]);
  const steps: Promise<Step>[] = [pressedKey(keyboard, stop)];
  // One that ended during the run would end in the next one too: a person decides then.
  if (started && opened && !serverEnd.aborted) {
    steps.push(onAbort(serverEnd, 'server'));
    steps.push(serverGone(report.target.url, asFetch(send), stop));
  }
  steps.push(onAbort(terminal.interruption, 'quit'));
  try {
    return await Promise.race(steps);
  } finally {
    decided.abort();
  }
};

const onAbort = (signal: AbortSignal, step: Step): Promise<Step> =>
  new Promise((resolve) => {
    const decide = (): void => {
      resolve(step);
    };
    if (signal.aborted) decide();
    signal.addEventListener('abort', decide, { once: true });
  });

/** Enter, or what ends a program: q, Ctrl-C, Ctrl-D. */
const pressedKey = async (keyboard: Keyboard, stop: AbortSignal): Promise<Step> => {
  for (;;) {
    const key = await keyboard.next(stop);
    if (key === undefined || ['q', 'Q', '\u0003', '\u0004'].includes(key)) return 'quit';
    if (key === '\r' || key === '\n') return 'key';
  }
};

/** Milliseconds between two looks at the server. */
const pause = 300;

/**
 * Waits until the server doesn't respond and then does again, as when a tool restarts it, or stays
 * away for so many looks.
 */
const serverGone = async (url: string, fetch: Fetch, stop: AbortSignal): Promise<Step> => {
  let missed = 0;
  while (!stop.aborted) {
    await pauseUntil(stop);
    const responds = await fetch(
      new Request(url),
      AbortSignal.any([stop, AbortSignal.timeout(2_000)]),
    )
      .then(() => true)
      .catch(() => false);
    if (missed > 0 && (responds || missed >= mostMissed)) return 'server';
    missed = responds ? 0 : missed + 1;
  }
  return 'quit';
};

const mostMissed = 10;

const pauseUntil = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, pause);
    stop.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
