import { createAdaptiveWidth, createFixedWidth, type Width } from './width.ts';

/** Executes rules side by side, as many as the target can take. */
export interface Lanes extends Pick<Width, 'noteAnswer' | 'noteRefusal'> {
  /** Works through items in their order. The first failure is thrown once all have ended. */
  readonly work: <One extends Item>(items: readonly One[], execute: Execute<One>) => Promise<void>;
}

/** A heavy item is never executed beside another heavy one. */
interface Item {
  readonly id: unknown;
  readonly heavy?: true;
}

type Execute<One> = (item: One, lane: Lane) => Promise<void>;

/** The place of one rule. A rule that waits leaves its place to others meanwhile. */
export interface Lane {
  /** A request was sent. */
  readonly began: () => void;
  /** Its response came, or it failed. */
  readonly ended: () => void;
}

export interface LanesOptions {
  /** Rules at the same time; `adaptive` for as many as the target can take. */
  readonly concurrency: number | 'adaptive';
  /** Rules at the same time at most, where it adapts. */
  readonly most?: number;
  /** Milliseconds. */
  readonly now: () => number;
}

export const createLanes = ({ concurrency, most, now }: LanesOptions): Lanes => {
  const width =
    concurrency === 'adaptive' ? createAdaptiveWidth(now, most) : createFixedWidth(concurrency);
  return {
    noteAnswer: width.noteAnswer,
    noteRefusal: width.noteRefusal,
    work: (items, execute) =>
      concurrency === 'adaptive'
        ? workByRequests(items, execute, { width, now })
        : workInLanes(items, execute, concurrency),
  };
};

const workInLanes = async <One>(
  items: readonly One[],
  execute: Execute<One>,
  width: number,
): Promise<void> => {
  const queue = items.values();
  const nothing = (): void => undefined;
  const lane = async (): Promise<void> => {
    for (const item of queue) await execute(item, { began: nothing, ended: nothing });
  };
  const lanes = Array.from({ length: Math.min(width, items.length) }, lane);
  const failed = (await Promise.allSettled(lanes)).find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
};

/** How many rules may wait besides those that are busy. */
const mostIdle = 64;
/** How often the width is reconsidered, in milliseconds. */
const interval = 25;

const workByRequests = <One extends Item>(
  items: readonly One[],
  execute: Execute<One>,
  { width, now }: { readonly width: Width; readonly now: () => number },
): Promise<void> => {
  const queue = createQueue(items);
  const places = createPlaces(now);
  const failures: Error[] = [];
  return new Promise<void>((resolve, reject) => {
    const finish = (): void => {
      clearInterval(timer);
      const [failure] = failures;
      if (failure) reject(failure);
      else resolve();
    };
    const begin = (item: One): void => {
      const { lane, leave } = places.enter();
      execute(item, lane)
        .catch((thrown: unknown) => failures.push(thrown as Error))
        .finally(() => {
          leave();
          queue.ended(item);
          fill();
        });
    };
    const fill = (): void => {
      let free = Math.min(
        width.current() - places.busy(),
        width.current() + mostIdle - places.count(),
      );
      for (; free > 0; free -= 1) {
        const item = queue.next();
        if (!item) break;
        begin(item);
      }
      if (places.count() === 0 && queue.isEmpty()) finish();
    };
    const timer = setInterval(() => {
      width.adapt();
      fill();
    }, interval);
    // A run in which nothing can happen any more ends, and says so.
    timer.unref();
    fill();
  });
};

/** The items that are left, in their order; heavy ones are passed over while one is executed. */
const createQueue = <One extends Item>(items: readonly One[]) => {
  const left = [...items];
  let heavyRuns = false;
  return {
    isEmpty: (): boolean => left.length === 0,
    next: (): One | undefined => {
      const index = left.findIndex(({ heavy }) => !heavy || !heavyRuns);
      const [item] = index < 0 ? [] : left.splice(index, 1);
      if (item?.heavy) heavyRuns = true;
      return item;
    },
    ended: ({ heavy }: One): void => {
      if (heavy) heavyRuns = false;
    },
  };
};

/** A rule without a request for so many milliseconds is idle. */
const idleAfter = 30;

/** The rules in progress: those that have a request under way, or just had one, are busy. */
const createPlaces = (now: () => number) => {
  const places = new Set<{ requests: number; lastEnd: number }>();
  return {
    count: (): number => places.size,
    busy: (): number =>
      [...places].filter(({ requests, lastEnd }) => requests > 0 || now() - lastEnd < idleAfter)
        .length,
    enter: (): { readonly lane: Lane; readonly leave: () => void } => {
      const place = { requests: 0, lastEnd: now() };
      places.add(place);
      const lane: Lane = {
        began: () => {
          place.requests += 1;
        },
        ended: () => {
          place.requests -= 1;
          place.lastEnd = now();
        },
      };
      return { lane, leave: () => void places.delete(place) };
    },
  };
};
