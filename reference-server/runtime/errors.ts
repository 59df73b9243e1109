/** Something that the user can mend; its message is one line that says what and how. */
export class UsageError extends Error {}

/**
 * Keeps the process going after a fault that nobody caught, with a line about it: what a test has
 * set up would be lost with the process. A transaction that a fault ends is undone where it is made,
 * so that the state is whole.
 *
 * For the command line alone: to whoever starts a server in a process of their own, such faults
 * belong.
 */
export const surviveUncaughtErrors = (complain: (line: string) => void): void => {
  process.on('uncaughtException', (error: unknown) => {
    complain(
      `A fault of the server's own, please report it: ${describeError(error)}. ` +
        'The server goes on with all that it holds; start it anew if its answers look wrong.',
    );
  });
};

/** An error and where it comes from, in one line. */
const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) return oneLine(String(error));
  const place = /^\s+(at .+)$/m.exec(error.stack ?? '')?.[1];
  return oneLine(place === undefined ? String(error) : `${String(error)} (${place})`);
};

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
