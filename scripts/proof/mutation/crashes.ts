/** Notices what would have ended the server's process, had it one of its own. */
export const watchCrashes = () => {
  let tell: (reason: string) => void = () => undefined;
  const first = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const notice = (error: unknown): void => {
    tell(`the server died: ${String(error)}`);
  };
  process.on('uncaughtException', notice);
  process.on('unhandledRejection', notice);
  return {
    /** Why it would have died; never settles if nothing happens. */
    first,
    stop: () => {
      process.off('unhandledRejection', notice);
      // What comes late must not end this process; the trial that hears it is held once more.
      setTimeout(() => {
        process.off('uncaughtException', notice);
      }, 5_000).unref();
    },
  };
};
