/** The longest time that a timer of Node's can be set to, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** Waits by a clock that can be moved. */
export interface Sleepers {
  readonly sleepUntil: (moment: number, stop: AbortSignal) => Promise<void>;
  /** Wakes those whose time has come by the clock, which has been moved. */
  readonly look: () => void;
  readonly wakeAll: () => void;
}

/** @param now - the clock, in milliseconds */
export const createSleepers = (now: () => number): Sleepers => {
  const sleepers = new Map<() => void, number>();

  const sleepUntil = (due: number, stop: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      // A sleeper doesn't keep a process alive that has nothing else to do.
      const arm = () => setTimeout(look, Math.min(due - now(), longestTimer)).unref();
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
    look: () => {
      const moment = now();
      wakeIf((due) => moment >= due);
    },
    wakeAll: () => {
      wakeIf(() => true);
    },
  };
};
