import { NoResponse, ProvisionError } from '../errors.ts';
import type { HttpRequest, Send, Surroundings } from '../http/message.ts';
import type { StillLimited } from '../http/pacing.ts';
import { createErrorRow, createSilences } from './silence.ts';

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
  /** Whether the target has been away since, and come back. */
  readonly awaySince: (time: number) => boolean;
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
/** Between two rules that go on after an outage, in milliseconds. */
const betweenReturns = 40;
/** Milliseconds to wait before the second row of errors. */
const errorPause = 3_000;
/** Calls of the provisioning that fail in a row while the target answers. */
const mostProvisionErrors = 3;
/** When a 429 is called endless: after so many attempts, or so long a wait in seconds. */
const endless = { attempts: 3, seconds: 15, longWait: 60 };

/** The statuses with which a gateway says that the server is away. */
export const gatewayStatuses: readonly number[] = [502, 503, 504];

export const createHealth = (options: HealthOptions): TargetHealth => {
  const { now, sleep } = options.surroundings;
  const pulse = createPulse(now);
  const provision = createProvisionWatch();
  const silences = createSilences(now);
  const errors = createErrorRow();
  const noteAnswer = (status: number): void => {
    pulse.note(status);
    // A gateway without its server is an outage, which a knock notices.
    const row = gatewayStatuses.includes(status) ? 'none' : errors.note(status);
    if (row === 'suspicious') pulse.noteTrouble();
    if (row === 'endless') pulse.end('has answered nothing but errors since');
  };
  const recover = async (): Promise<boolean> => {
    const wasAway = (): void => {
      silences.reset();
      pulse.noteReturn();
    };
    if (!(await knockUntilAnswered(options, pulse, wasAway))) return false;
    const failure = provision.lastingFailure();
    if (failure !== undefined) pulse.endWith(failure);
    return failure === undefined;
  };
  return {
    broken: pulse.broken,
    troubledSince: pulse.troubledSince,
    awaySince: pulse.awaySince,
    recover: inTurn(recover, options.surroundings),
    noteStillLimited: ({ since, attempts, waited }) => {
      const isLong = attempts >= endless.attempts || waited >= endless.longWait;
      if (!isLong || waited < endless.seconds || pulse.allowedSince(since)) return;
      pulse.end('has answered only 429 since');
    },
    watch: (send) => async (request, flight) => {
      refuseSilent(request, silences, pulse);
      await errors.wait(() => sleep(errorPause, 'a target that only fails'));
      const sentAt = now();
      const response = await send(request, flight).catch((thrown: unknown) => {
        if (thrown instanceof NoResponse) pulse.noteTrouble();
        if (thrown instanceof NoResponse && thrown.late) silences.note(request, sentAt);
        throw thrown;
      });
      noteAnswer(response.status);
      silences.forget(request);
      return response;
    },
    watchProvision: (provide) => provision.watch(provide, pulse.noteTrouble),
  };
};

/** @throws NoResponse for an operation that has been silent too often */
const refuseSilent = (
  request: HttpRequest,
  silences: ReturnType<typeof createSilences>,
  pulse: ReturnType<typeof createPulse>,
): void => {
  const refusal = silences.refusalOf(request);
  if (!refusal) return;
  pulse.noteSilenceSince(refusal.since);
  throw refusal.error;
};

/** Several rules wait for one recovery; after an outage they don't all go on at once. */
const inTurn = (
  recover: () => Promise<boolean>,
  { now, sleep }: Pick<Surroundings, 'now' | 'sleep'>,
): TargetHealth['recover'] => {
  let recovering: Promise<boolean> | undefined;
  let waiting = 0;
  return async () => {
    recovering ??= recover().finally(() => {
      [recovering, waiting] = [undefined, 0];
    });
    const turn = (waiting += 1);
    const [start, isBack] = [now(), await recovering];
    if (isBack && now() - start >= pause) await sleep(turn * betweenReturns);
    return isBack;
  };
};

/** What is known of the answers so far, and whether the run has ended for its target. */
const createPulse = (now: () => number) => {
  const broken = new AbortController();
  let answered = 0;
  let [lastAnswer, lastTrouble, lastAllowed] = [now(), -Infinity, -Infinity];
  let lastReturn = -Infinity;
  const endWith = (sentence: string): void => {
    broken.abort(sentence);
  };
  return {
    broken: broken.signal,
    endWith,
    /** @param what - what the target did at the time of its last answer */
    end: (what: string): void => {
      const requests = `${String(answered)} request${answered === 1 ? '' : 's'}`;
      endWith(`The target ${what} ${clockTime(lastAnswer)}, after ${requests}.`);
    },
    note: (status: number): void => {
      if (status !== limitedStatus) lastAllowed = now();
      if (gatewayStatuses.includes(status)) lastTrouble = now();
      if (status >= 500 || status === limitedStatus) return;
      answered += 1;
      lastAnswer = now();
    },
    noteTrouble: (): void => {
      lastTrouble = now();
    },
    /** Where nothing else has answered since either, it may be the whole target. */
    noteSilenceSince: (time: number): void => {
      if (lastAnswer < time) lastTrouble = now();
    },
    noteReturn: (): void => {
      lastReturn = now();
    },
    troubledSince: (time: number): boolean => lastTrouble >= time,
    awaySince: (time: number): boolean => lastReturn >= time,
    /** Whether any answer but 429 has come since. */
    allowedSince: (time: number): boolean => lastAllowed >= time,
  };
};

const limitedStatus = 429;

/** Hours and minutes by the clock of this machine. */
const clockTime = (time: number): string => new Date(time).toTimeString().slice(0, 5);

/**
 * Knocks until the target answers; false when it stays away.
 *
 * @param wasAway - called if it answers only after some time
 */
const knockUntilAnswered = async (
  { url, surroundings: { now, sleep, send }, timeout }: HealthOptions,
  pulse: ReturnType<typeof createPulse>,
  wasAway: () => void,
): Promise<boolean> => {
  const start = now();
  const deadline = start + longestOutage;
  while (!pulse.broken.aborted) {
    if (await knock(url, send, Math.min(timeout, longestKnock))) {
      if (now() - start >= pause) wasAway();
      return true;
    }
    if (now() >= deadline) {
      pulse.end('stopped answering at');
      return false;
    }
    await sleep(pause, 'the target, which does not answer');
  }
  return false;
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
  const answer = send(request, flight).then(
    ({ status }) => !gatewayStatuses.includes(status),
    () => false,
  );
  return Promise.race([answer, late]).finally(() => {
    clearTimeout(timer);
  });
};

/** Notes whether the provisioning works. */
const createProvisionWatch = () => {
  let failures = 0;
  let last = '';
  return {
    watch:
      <Given extends unknown[], Made>(
        provide: (...given: Given) => Promise<Made>,
        failed: () => void,
      ) =>
      async (...given: Given): Promise<Made> => {
        try {
          const made = await provide(...given);
          failures = 0;
          return made;
        } catch (thrown) {
          if (thrown instanceof ProvisionError) {
            failures += 1;
            last = thrown.message;
            failed();
          }
          throw thrown;
        }
      },
    /** What went wrong, if it goes wrong again and again. */
    lastingFailure: (): string | undefined => (failures >= mostProvisionErrors ? last : undefined),
  };
};
