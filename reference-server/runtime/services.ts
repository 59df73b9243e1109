import { randomBytes, randomUUID } from 'node:crypto';
import { createSend, type Send } from './http-client.ts';

/** The server's time in milliseconds since 1970; it never runs backwards between resets. */
export interface Clock {
  now(): number;
  /** Moves the clock forward; it keeps running from there. */
  advance(milliseconds: number): void;
  /** Returns to the real time and wakes all sleepers. */
  reset(): void;
  /** Resolves when this clock reaches the time, or when `stop` aborts. */
  sleepUntil(time: number, stop: AbortSignal): Promise<void>;
}

/** The outside world: time, randomness, network and error output. Everything else is passed in. */
export interface Services {
  readonly clock: Clock;
  /** A new id, a UUID of version 4 in lower case (LG-GEN-046). */
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Buffer;
  /** Sends webhooks. */
  readonly send: Send;
  /** Logs an internal error. */
  readonly logError: (line: string) => void;
}

/**
 * A clock with an offset over a source of real time.
 *
 * Lists rely on it: rows are in the order of insertion, which is the order of `created_at` too if
 * the clock never runs backwards (LG-DOS-014).
 */
export const createClock = (realTime: () => number): Clock => {
  let offset = 0;
  let last = -Infinity;
  const now = (): number => (last = Math.max(last, realTime() + offset));
  const sleepers = createTimers(now);
  return {
    now,
    advance: (milliseconds) => {
      offset += milliseconds;
      sleepers.wakeDue();
    },
    reset: () => {
      offset = 0;
      last = -Infinity;
      sleepers.wakeAll();
    },
    sleepUntil: sleepers.sleepUntil,
  };
};

/** The services of a real server. */
export const createServices = (): Services => ({
  clock: createClock(Date.now),
  newId: () => flatten(randomUUID()),
  randomBytes,
  send: createSend(),
  logError: (line) => void process.stderr.write(`${line}\n`),
});

/** Formats a time as the API does, `2026-04-15T12:03:40Z` (LG-GEN-008, LG-GEN-009). */
export const timestamp = (milliseconds: number): string =>
  flatten(`${new Date(milliseconds).toISOString().slice(0, 19)}Z`);

/**
 * Flattens an ASCII text. V8 stores concatenated strings as their pieces: an id from Node takes
 * half a kilobyte, a flat one 56 bytes.
 */
const flatten = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');

/** The maximum delay of a Node timer, in milliseconds. */
const maxTimerDelay = 2 ** 31 - 1;

/** Timers for a clock that can be moved. */
export interface Timers {
  readonly sleepUntil: (time: number, stop: AbortSignal) => Promise<void>;
  /** Wakes the sleepers that are due, after the clock was moved. */
  readonly wakeDue: () => void;
  readonly wakeAll: () => void;
}

/** @param now - the clock, in milliseconds */
const createTimers = (now: () => number): Timers => {
  const sleepers = new Map<() => void, number>();

  const sleepUntil = (due: number, stop: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      // A sleeper alone doesn't keep the process running.
      const arm = () => setTimeout(look, Math.min(due - now(), maxTimerDelay)).unref();
      let timer: NodeJS.Timeout | undefined;
      const wake = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', wake);
        sleepers.delete(wake);
        resolve();
      };
      function look(): void {
        if (now() >= due) wake();
        else timer = arm();
      }
      sleepers.set(wake, due);
      stop.addEventListener('abort', wake);
      if (stop.aborted) wake();
      else look();
    });

  const wakeIf = (isDue: (due: number) => boolean): void => {
    for (const [wake, due] of [...sleepers]) if (isDue(due)) wake();
  };
  return {
    sleepUntil,
    wakeDue: () => {
      const time = now();
      wakeIf((due) => time >= due);
    },
    wakeAll: () => {
      wakeIf(() => true);
    },
  };
};
