import { NoResponse, ProvisionError } from '../errors.ts';
import type { Send, Surroundings } from '../http/message.ts';
import type { StillLimited } from '../http/pacing.ts';

/**
 * Watches whether the target still answers. Trouble on the way to it is not its failure: a short
 * outage is waited out, and a run whose target stays away ends with one line.
 */
export interface TargetHealth {
  /** The same way to the target; answers and their absence are noted. */
  readonly watch: (send: Send) => Send;
  /** The same function of the provisioning; whether it works is noted. */
  readonly watchProvision: <Given extends unknown[], Made>(
    provide: (...given: Given) => Promise<Made>,
  ) => (...given: Given) => Promise<Made>;
  /** Notes a 429 that came although its Retry-After was waited for. */
  readonly noteStillLimited: (wait: StillLimited) => void;
  /** Whether a rule that began at this time may have met an outage. */
  readonly troubledSince: (time: number) => boolean;
  /** Waits until the target answers again; false when the run ends instead. */
  readonly recover: () => Promise<boolean>;
  /** Fires when the run ends for its target; the reason is a sentence. */
  readonly broken: AbortSignal;
}

export interface HealthOptions {
  /** The base URL of the target. */
  readonly url: string;
  readonly surroundings: Surroundings;
  /** Milliseconds that one response may take. */
  readonly timeout: number;
}

/** How long an outage is waited out, in milliseconds. */
const longestOutage = 15_000;
/** Between two knocks, in milliseconds. */
const pause = 500;
/** A knock is given up after so many milliseconds. */
const longestKnock = 3_000;
/** After so many time-outs in a row at one operation, it isn't called any more. */
const mostSilences = 3;
/** So many answers of 500 and more in a row mean that nothing else comes. */
const mostErrors = 40;
/** Milliseconds to wait before the second row of errors. */
const errorPause = 3_000;
/** Calls of the provisioning that fail in a row while the target answers. */
const mostProvisionErrors = 3;
/** When a 429 is called endless: after so many attempts, or so many seconds. */
const endless = { attempts: 3, seconds: 15, longWait: 60 };

/** The statuses with which a gateway says that the server is away. */
export const gatewayStatuses: readonly number[] = [502, 503, 504];

export const createHealth = ({ url, surroundings, timeout }: HealthOptions): TargetHealth => {
  const { now, sleep } = surroundings;
  const end = new AbortController();
  const silences = createSilences();
  const errors = createErrorRow();
  let [answered, lastAnswer, lastTrouble, lastOther] = [0, now(), -Infinity, -Infinity];
  let provisionErrors = 0;
  let lastProvisionError: Error | undefined;
  let recovering: Promise<boolean> | undefined;

  const breakWith = (what: string): false => {
    const requests = `${String(answered)} request${answered === 1 ? '' : 's'}`;
    end.abort(`The target ${what} at ${clockTime(lastAnswer)}, after ${requests}.`);
    return false;
  };
  const noteAnswer = (status: number): void => {
    answered += 1;
    if (status < 500) lastAnswer = now();
    if (status !== 429) lastOther = now();
    if (gatewayStatuses.includes(status)) lastTrouble = now();
    if (errors.note(status) === 'endless') breakWith('has answered nothing but errors (500) since');
  };
  const knocks = async (): Promise<boolean> => {
    const deadline = now() + longestOutage;
    while (!end.signal.aborted) {
      if (await knock(url, surroundings.send, Math.min(timeout, longestKnock))) return true;
      if (now() >= deadline) return breakWith('stopped answering');
      await sleep(pause, 'the target, which does not answer');
    }
    return false;
  };
  const recover = async (): Promise<boolean> => {
    if (!(await knocks())) return false;
    if (provisionErrors < mostProvisionErrors) return true;
    end.abort(lastProvisionError?.message ?? '');
    return false;
  };
  return {
    broken: end.signal,
    troubledSince: (time) => lastTrouble >= time,
    recover: () => {
      recovering ??= recover().finally(() => {
        recovering = undefined;
      });
      return recovering;
    },
    noteStillLimited: ({ since, attempts, waited }) => {
      const isLong = attempts >= endless.attempts || waited >= endless.longWait;
      if (lastOther < since && isLong && waited >= endless.seconds) {
        breakWith('has answered only 429 since');
      }
    },
    watch: (send) => async (request, flight) => {
      silences.refuseKnown(request.method, request.url);
      if (errors.paused()) await errors.wait(() => sleep(errorPause, 'a target that only fails'));
      try {
        const response = await send(request, flight);
        noteAnswer(response.status);
        silences.forget(request.method, request.url);
        return response;
      } catch (thrown) {
        if (thrown instanceof NoResponse) {
          lastTrouble = now();
          silences.note(request.method, request.url);
        }
        throw thrown;
      }
    },
    watchProvision:
      (provide) =>
      async (...given) => {
        try {
          const made = await provide(...given);
          provisionErrors = 0;
          return made;
        } catch (thrown) {
          if (thrown instanceof ProvisionError) {
            provisionErrors += 1;
            lastProvisionError = thrown;
            lastTrouble = now();
          }
          throw thrown;
        }
      },
  };
};

/** Whether the target answers a read at all. */
const knock = async (url: string, send: Send, patience: number): Promise<boolean> => {
  const flight: { cancel?: () => void } = {};
  const request = { method: 'GET', url: `${url}/dossiers?per_page=1`, headers: {} };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      flight.cancel?.();
      resolve(false);
    }, patience);
  });
  try {
    const answer = send(request, flight).then(
      ({ status }) => !gatewayStatuses.includes(status),
      () => false,
    );
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Counts time-outs in a row by operation, so that none is waited for again and again. */
const createSilences = () => {
  const counts = new Map<string, number>();
  // Ids in a path have digits.
  const nameOf = (method: string, url: string): string =>
    `${method} ${new URL(url).pathname.replaceAll(/\/[^/]*\d[^/]*/g, '/…')}`;
  return {
    note: (method: string, url: string): void => {
      const name = nameOf(method, url);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    forget: (method: string, url: string): void => {
      if (counts.size > 0) counts.delete(nameOf(method, url));
    },
    /** @throws NoResponse for an operation that has been silent too often */
    refuseKnown: (method: string, url: string): void => {
      if (counts.size === 0) return;
      const name = nameOf(method, url);
      if ((counts.get(name) ?? 0) < mostSilences) return;
      throw new NoResponse(
        `${name} got no response ${String(mostSilences)} times in a row, so it isn't sent again. ` +
          'Look at the log of the target.',
      );
    },
  };
};

/** Recognises a target that answers nothing but errors: after a pause it gets a second chance. */
const createErrorRow = () => {
  let [row, rows] = [0, 0];
  let waiting: Promise<void> | undefined;
  return {
    note: (status: number): 'endless' | undefined => {
      row = status >= 500 ? row + 1 : 0;
      if (row === 0) rows = 0;
      if (row < mostErrors) return undefined;
      [row, rows] = [0, rows + 1];
      if (rows > 1) return 'endless';
      waiting = undefined;
      return undefined;
    },
    paused: (): boolean => rows === 1 && row === 0,
    wait: (sleep: () => Promise<void>): Promise<void> => (waiting ??= sleep()),
  };
};

const clockTime = (time: number): string => new Date(time).toTimeString().slice(0, 5);
