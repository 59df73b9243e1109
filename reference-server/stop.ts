import type { Config } from './config.ts';
import type { RunningServer } from './server.ts';

export interface StopOptions {
  /** Whether to stop when standard input is closed. */
  readonly exitWithParent: boolean;
  readonly say: (text: string) => void;
  readonly fail: (error: unknown) => never;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** npm sends on the signal that the terminal has sent to both: within this time they are one. */
const echo = 300;

/**
 * Stops the server on a signal, and when whoever started it is gone, so that none is left behind:
 * answers and deliveries that are on their way end first. Another signal ends the process at once.
 */
export const stopInTime = (
  server: RunningServer,
  { db }: Config,
  { exitWithParent, say, fail }: StopOptions,
): void => {
  let stopping = false;
  const hurry = (): void => {
    for (const signal of signals) process.removeListener(signal, stop);
    say('\nWaiting for answers and webhooks on their way; Ctrl-C again ends it at once.\n');
  };
  const finish = (left: number): void => {
    if (left > 0) say(sayLeft(left, db));
    process.exit(0);
  };
  function stop(): void {
    if (stopping) return;
    stopping = true;
    setTimeout(hurry, echo).unref();
    server.close().then(finish, fail);
  }
  for (const signal of signals) process.on(signal, stop);
  if (exitWithParent) process.stdin.resume().once('end', stop).once('error', stop);
};

const sayLeft = (left: number, db: string | undefined): string => {
  const what = left === 1 ? '1 webhook delivery was' : `${left} webhook deliveries were`;
  const then = db === undefined ? 'lost' : `left, to be made when ${db} is opened again`;
  return `Stopped; ${what} ${then}.\n`;
};
