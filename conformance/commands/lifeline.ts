import { type Breakdown, breakdownError, messageOf } from '../errors.ts';
import type { CommandContext, Terminal } from './terminal.ts';

/** Keeps the process from ending in any other way than with a documented exit code. */
export interface Lifeline extends Required<Pick<CommandContext, 'emergency' | 'atSuddenEnd'>> {
  /** Ends the process once its output is written, whatever is still open. */
  readonly finish: (exitCode: number) => Promise<void>;
}

/** Milliseconds until a process that is to end is ended. */
const graces = { emergency: 1_000, interruption: 1_800 };

const nothingLeft =
  'The run can go no further: it waits for something that will never come, such as a function of ' +
  'the configuration that never resolves. Correct the function.';

const leftOpen =
  'The run was interrupted, and something could not be ended in time. It was left as it was.';

/**
 * Watches a process until it is finished. An error that nobody handles, an exit that somebody else
 * asks for, and an event loop that runs empty are breakdowns: exit code 4, and one line.
 */
export const watchProcess = (
  process: NodeJS.Process,
  { err, interruption }: Pick<Terminal, 'err' | 'interruption'>,
): Lifeline => {
  const emergency = new AbortController();
  const acts = new Set<(breakdown: Breakdown) => void>();
  /** The exit code, once it is known. */
  let ending: number | undefined;
  const endSuddenly = (breakdown: Breakdown): void => {
    ending = breakdown.exitCode;
    err(`${breakdown.message}\n`);
    for (const act of acts) act(breakdown);
  };
  const endNow = (breakdown: Breakdown): void => {
    if (ending === undefined) endSuddenly(breakdown);
    process.exit(ending);
  };
  onEnd(process, {
    broken: (breakdown) => {
      if (ending !== undefined || emergency.signal.aborted) return;
      emergency.abort(breakdown);
      // The run writes its reports meanwhile.
      setTimeout(endNow, graces.emergency, breakdown);
    },
    ended: (breakdown) => {
      if (ending !== undefined) return;
      endSuddenly(breakdown);
      process.exitCode = ending;
    },
  });
  interruption.addEventListener('abort', () => {
    setTimeout(endNow, graces.interruption, breakdownError(leftOpen));
  });
  return {
    emergency: emergency.signal,
    atSuddenEnd: (act) => {
      acts.add(act);
      return () => {
        acts.delete(act);
      };
    },
    finish: async (exitCode) => {
      ending = exitCode;
      await Promise.all([process.stdout, process.stderr].map(flush));
      process.exit(exitCode);
    },
  };
};

interface EndListeners {
  /** The process can't go on, but still write. */
  readonly broken: (breakdown: Breakdown) => void;
  /** Somebody has ended the process. */
  readonly ended: (breakdown: Breakdown) => void;
}

const onEnd = (process: NodeJS.Process, { broken, ended }: EndListeners): void => {
  // Node raises a rejection that nobody handles as an exception.
  process.on('uncaughtException', (thrown) => {
    broken(breakdownError(`Internal error: ${messageOf(thrown)}.`));
  });
  process.on('beforeExit', () => {
    broken(breakdownError(nothingLeft));
  });
  process.on('exit', (code) => {
    const how = `The process was ended with exit code ${String(code)} before the run ended.`;
    ended(breakdownError(`${how} Correct what ended it.`));
  });
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
