import { type Breakdown, breakdownError, messageOf } from '../errors.ts';
import type { Terminal } from './terminal.ts';

/** Keeps the process from ending in any other way than with a documented exit code. */
export interface Lifeline {
  /** Fires when the process can't go on; its reason is the Breakdown that says why. */
  readonly emergency: AbortSignal;
  /** Ends the process once its output is written, whatever is still open. */
  readonly finish: (exitCode: number) => Promise<void>;
}

/** Milliseconds until a process that was told to end is ended. */
const graces = { emergency: 1_000, interruption: 1_800 };

const nothingLeft =
  'The run can go no further: it waits for something that will never come, such as a function of ' +
  'the configuration that never resolves. Correct the function.';

/**
 * Watches a process until it is finished. An error that nobody handles, an exit that somebody else
 * asks for, and an event loop that runs empty are breakdowns: exit code 4, and one line.
 */
export const watchProcess = (
  process: NodeJS.Process,
  { err, interruption }: Pick<Terminal, 'err' | 'interruption'>,
): Lifeline => {
  const emergency = new AbortController();
  let finished = false;
  const endNow = (line: string): void => {
    if (finished) return;
    finished = true;
    err(`${line}\n`);
    process.exit(4);
  };
  const fail = (breakdown: Breakdown): void => {
    if (finished || emergency.signal.aborted) return;
    emergency.abort(breakdown);
    // The run writes its reports meanwhile.
    setTimeout(() => {
      endNow(breakdown.message);
    }, graces.emergency);
  };
  // Node raises a rejection that nobody handles as an exception.
  process.on('uncaughtException', (thrown) => {
    fail(breakdownError(`Internal error: ${messageOf(thrown)}.`));
  });
  process.on('beforeExit', () => {
    fail(breakdownError(nothingLeft));
  });
  process.on('exit', (code) => {
    if (finished) return;
    err(`The process was ended with exit code ${String(code)} before the run ended.\n`);
    process.exitCode = 4;
  });
  interruption.addEventListener('abort', () => {
    setTimeout(() => {
      endNow('Interrupted, but something could not be ended in time. It was left as it was.');
    }, graces.interruption);
  });
  return {
    emergency: emergency.signal,
    finish: async (exitCode) => {
      await Promise.all([process.stdout, process.stderr].map(flush));
      finished = true;
      process.exit(exitCode);
    },
  };
};

/** Resolves when all output was written, or its reader is gone. */
const flush = (output: NodeJS.WriteStream): Promise<void> =>
  new Promise((resolve) => {
    if (output.destroyed || output.writableLength === 0) resolve();
    else
      output.write('', () => {
        resolve();
      });
  });
