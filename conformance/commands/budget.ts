import { setMaxListeners } from 'node:events';
import { type Command, InvalidArgumentError } from 'commander';
import { breakdownError } from '../errors.ts';
import type { Send, Surroundings } from '../http/message.ts';
import { count } from '../reporters/summary.ts';
import type { Outcome } from '../runner/outcome.ts';
import { readCount } from './options.ts';

/** How much a run may take: it ends at the first of these limits. */
export interface Limits {
  readonly maxFailures?: number | undefined;
  /** With the text of the option, such as `60s`. */
  readonly maxTime?: Duration | undefined;
  readonly maxRequests?: number | undefined;
}

/** A time as a person gives it. */
export interface Duration {
  readonly text: string;
  readonly milliseconds: number;
}

/** Adds the options that limit a run. */
export const addLimitOptions = (command: Command): Command =>
  command
    .optionsGroup('Limits, at the first of which the run ends:')
    .option('--max-failures <number>', 'failures that count in the verdict', readCount)
    .option('--bail', 'the first failure: --max-failures 1')
    .option('--max-time <time>', 'time, such as 90s, 5m or 500ms', readDuration)
    .option('--max-requests <number>', 'requests of the rules', readCount);

export interface LimitFlags {
  readonly maxFailures?: number;
  readonly bail?: true;
  readonly maxTime?: Duration;
  readonly maxRequests?: number;
}

export const readLimits = ({ maxFailures, bail, maxTime, maxRequests }: LimitFlags): Limits => ({
  ...{ maxTime, maxRequests },
  maxFailures: bail ? 1 : maxFailures,
});

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The longest time of a timer, in milliseconds: about 24 days. */
const longest = 2 ** 31 - 1;

/** Parses a time: `500ms`, `60s`, `5m`, `1h`, or a number of seconds. */
export const readDuration = (text: string): Duration => {
  const [, number = '', unit = 's'] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)?$/.exec(text) ?? [];
  const milliseconds = Number(number) * (units[unit] ?? 0);
  if (milliseconds >= 1 && milliseconds <= longest) return { text, milliseconds };
  throw new InvalidArgumentError('Give a time of up to 24 days, such as 60s, 5m or 500ms.');
};

/** Watches the limits of a run. */
export interface Budget {
  /** Fires when the run reaches a limit; its reason is a sentence that says which. */
  readonly signal: AbortSignal;
  /** Counts an outcome, if it is a failure that counts in the verdict. */
  readonly ended: (outcome: Pick<Outcome, 'id'>, counts: boolean) => void;
  /** The same surroundings, for rules: requests are counted, and a limit ends waiting. */
  readonly watch: (surroundings: Surroundings) => Surroundings;
  /** Stops watching the time. */
  readonly close: () => void;
}

/** Calls back once, after so many milliseconds; returns how to prevent it. */
export type StartTimer = (call: () => void, milliseconds: number) => () => void;

const startTimer: StartTimer = (call, milliseconds) => {
  const timer = setTimeout(call, milliseconds);
  // A run that has ended doesn't wait for its limit.
  timer.unref();
  return () => {
    clearTimeout(timer);
  };
};

/** Begins to watch the limits of a run. */
export const createBudget = (
  { maxFailures = Infinity, maxTime, maxRequests = Infinity }: Limits,
  start: StartTimer = startTimer,
): Budget => {
  const controller = new AbortController();
  // Every wait of the rules adds a listener.
  setMaxListeners(0, controller.signal);
  const end = (what: string, option: string): void => {
    // Only the first reason is kept.
    controller.abort(`The run ended after ${what} (${option}).`);
  };
  const failed = new Set<string>();
  const prevent = maxTime
    ? start(() => {
        end(maxTime.text.replace(/\d$/, '$& s'), `--max-time ${maxTime.text}`);
      }, maxTime.milliseconds)
    : () => undefined;
  const counted = (send: Send): Send => {
    let sent = 0;
    return (request, flight) => {
      if (sent >= maxRequests) {
        end(count(sent, 'request'), `--max-requests ${String(maxRequests)}`);
        return Promise.reject(breakdownError(String(controller.signal.reason)));
      }
      sent += 1;
      return send(request, flight);
    };
  };
  return {
    signal: controller.signal,
    ended: ({ id }, counts) => {
      if (counts) failed.add(id);
      if (failed.size < maxFailures) return;
      end(count(failed.size, 'failure'), `--max-failures ${String(maxFailures)}`);
    },
    watch: ({ send, now, sleep }) => ({
      send: maxRequests === Infinity ? send : counted(send),
      now,
      sleep: (milliseconds, reason) => untilAborted(sleep(milliseconds, reason), controller.signal),
    }),
    close: prevent,
  };
};

/** The same promise; it is rejected when the signal fires first. */
const untilAborted = <Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> =>
  new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(breakdownError(String(signal.reason)));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
