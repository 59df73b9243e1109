/** Executes rules side by side, as many as the target can take. */
export interface Lanes {
  /** Works through items in their order. The first failure is thrown once all have ended. */
  readonly work: <Item extends { readonly heavy?: true }>(
    items: readonly Item[],
    execute: (item: Item, lane: Lane) => Promise<void>,
  ) => Promise<void>;
  /** Notes how long an answer took, in milliseconds. */
  readonly noteAnswer: (milliseconds: number) => void;
  /** Notes that the target asks for less: a 429, or a 503. */
  readonly noteRefusal: () => void;
  /** Rules at the same time now. */
  readonly width: () => number;
}

/** The place of one rule. A rule that waits leaves its place to others meanwhile. */
export interface Lane {
  readonly began: () => void;
  readonly ended: () => void;
}

export interface LanesOptions {
  /** Rules at the same time; undefined adapts it to the target. */
  readonly fixed: number | undefined;
  /** Milliseconds. */
  readonly now: () => number;
}

const first = 4;
const most = 64;
/** How many rules may wait besides those that are busy. */
const mostIdle = 64;
/** A rule without a request for so many milliseconds is idle. */
const idleAfter = 30;
/** How often the width is reconsidered, in milliseconds, and after how many answers at least. */
const interval = 25;
const fewestAnswers = 20;
/** Answers that take longer than so many times the fastest, plus milliseconds, are slower. */
const slower = { times: 2, plus: 12 };
const muchSlower = { times: 4, plus: 40 };
/** Milliseconds without growth after a refusal. */
const caution = 3_000;

export const createLanes = ({ fixed, now }: LanesOptions): Lanes => {
  const width = fixed === undefined ? createAdaptiveWidth(now) : createFixedWidth(fixed);
  return {
    noteAnswer: width.noteAnswer,
    noteRefusal: width.noteRefusal,
    width: width.current,
    work: (items, execute) =>
      fixed === undefined
        ? workWithIdle(items, execute, { width, now })
        : workInLanes(items, fixed, (item) => execute(item, alwaysBusy)),
  };
};

interface Width {
  readonly current: () => number;
  readonly noteAnswer: (milliseconds: number) => void;
  readonly noteRefusal: () => void;
  readonly adapt: () => void;
}

const nothing = (): void => undefined;
const alwaysBusy: Lane = { began: nothing, ended: nothing };

const createFixedWidth = (fixed: number): Width => ({
  current: () => fixed,
  ...{ noteAnswer: nothing, noteRefusal: nothing, adapt: nothing },
});

/** Grows while answers don't get slower, and falls when the target refuses. */
const createAdaptiveWidth = (now: () => number): Width => {
  let width = first;
  let [fastest, carefulUntil] = [Infinity, -Infinity];
  let times: number[] = [];
  return {
    current: () => width,
    noteAnswer: (milliseconds) => {
      times.push(milliseconds);
    },
    noteRefusal: () => {
      // Many requests that were sent together may be refused together.
      if (now() < carefulUntil - caution / 2) return;
      carefulUntil = now() + caution;
      width = Math.max(1, Math.floor(width / 2));
    },
    adapt: () => {
      if (times.length < fewestAnswers) return;
      const median = times.sort((one, other) => one - other)[times.length >> 1] ?? 0;
      times = [];
      fastest = Math.min(fastest, median);
      if (median > muchSlower.times * fastest + muchSlower.plus) {
        width = Math.max(first, Math.floor(width * 0.8));
      } else if (median <= slower.times * fastest + slower.plus && now() > carefulUntil) {
        width = Math.min(most, width + Math.max(1, width >> 1));
      }
    },
  };
};

/** A rule in progress: it is busy with a request, or has just had one. */
interface Place {
  requests: number;
  lastEnd: number;
}

const workWithIdle = async <Item extends { readonly heavy?: true }>(
  items: readonly Item[],
  execute: (item: Item, lane: Lane) => Promise<void>,
  { width, now }: { readonly width: Width; readonly now: () => number },
): Promise<void> => {
  const queue = [...items];
  const places = new Set<Place>();
  const failures: unknown[] = [];
  let heavyRuns = false;
  const isBusy = ({ requests, lastEnd }: Place): boolean =>
    requests > 0 || now() - lastEnd < idleAfter;
  await new Promise<void>((resolve) => {
    const next = (): void => {
      const busy = [...places].filter(isBusy).length;
      let free = width.current() - busy;
      while (free > 0 && places.size < width.current() + mostIdle) {
        const index = queue.findIndex(({ heavy }) => !heavy || !heavyRuns);
        const [item] = index < 0 ? [] : queue.splice(index, 1);
        if (!item) break;
        begin(item);
        free -= 1;
      }
      if (places.size > 0 || queue.length > 0) return;
      clearInterval(timer);
      resolve();
    };
    const begin = (item: Item): void => {
      const place: Place = { requests: 0, lastEnd: now() };
      places.add(place);
      if (item.heavy) heavyRuns = true;
      const lane: Lane = {
        began: () => {
          place.requests += 1;
        },
        ended: () => {
          place.requests -= 1;
          place.lastEnd = now();
        },
      };
      execute(item, lane)
        .catch((thrown: unknown) => failures.push(thrown))
        .finally(() => {
          places.delete(place);
          if (item.heavy) heavyRuns = false;
          next();
        });
    };
    const timer = setInterval(() => {
      width.adapt();
      next();
    }, interval);
    next();
  });
  if (failures.length > 0) throw failures[0];
};

const workInLanes = async <Item>(
  items: readonly Item[],
  width: number,
  execute: (item: Item) => Promise<void>,
): Promise<void> => {
  const queue = items.values();
  const lane = async (): Promise<void> => {
    for (const item of queue) await execute(item);
  };
  const lanes = Array.from({ length: Math.min(width, items.length) }, lane);
  const failed = (await Promise.allSettled(lanes)).find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
};
