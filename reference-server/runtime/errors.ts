/**
 * An error that the user can fix; its message is one line that says what is wrong and how to fix
 * it.
 */
export class UsageError extends Error {}

/**
 * Keeps the process running after an uncaught error, and logs it: ending the process would lose the
 * data of tests. A failed transaction is undone by itself, so that the state is consistent.
 *
 * For the command line only: code that starts a server in its own process handles its errors
 * itself.
 */
export const surviveUncaughtErrors = (logError: (line: string) => void): void => {
  process.on('uncaughtException', (error: unknown) => {
    logError(
      `Internal error, please report it: ${describeError(error)}. ` +
        'The server keeps running with all its data; restart it if its responses look wrong.',
    );
  });
};

/** An error and its first stack frame, in one line. */
const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) return oneLine(String(error));
  const stackFrame = /^\s+(at .+)$/m.exec(error.stack ?? '')?.[1];
  return oneLine(stackFrame === undefined ? String(error) : `${String(error)} (${stackFrame})`);
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
