import type { Fault } from '../../../conformance/faults/inject.ts';
import type { Fetch } from '../../../conformance/http/web-classes.ts';
import { readContract } from '../../../openapi/contract.ts';
import { defaultConfig } from '../../../reference-server/config.ts';
import { handlers } from '../../../reference-server/handlers.ts';
import type { Send } from '../../../reference-server/runtime/http-client.ts';
import { createServices } from '../../../reference-server/runtime/services.ts';
import { startServer } from '../../../reference-server/server.ts';
import { createState } from '../../../reference-server/state/state.ts';
import { openHarness, type RuleRun, type RuleRunResult } from '../harness/harness.ts';
import type { FaultyServer, SendByFetch } from './faulty-server.ts';

/** The reference server with a fault. */
export interface StartedServer {
  /** The server itself, without the faults on the wire. */
  readonly url: string;
  readonly controlUrl: string;
  /** Between its callers and the API; undefined where nothing is changed there. */
  readonly wire: Fault | undefined;
  /** Between the suite and its control API. */
  readonly control: Fault;
  /** All errors so far that the fault doesn't intend, as text. */
  readonly errors: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts the reference server in this process, on a free port, with a fault or unmodified. */
export const startFaultyServer = async (
  fault: FaultyServer | undefined,
): Promise<StartedServer> => {
  const state = createState();
  const injection = fault?.inject({ contract: readContract(), state, own: handlers }) ?? {};
  const { wire } = injection;
  const own = createServices();
  const errors = collectErrors();
  const services = {
    ...own,
    send: injection.deliver ? toSend(recordThrown(injection.deliver, errors)(fetch)) : own.send,
    logError: errors.note,
  };
  const server = await startServer(
    { ...defaultConfig, port: 0 },
    { state, services, handlers: { ...handlers, ...injection.handlers } },
  );
  if (server.controlUrl === undefined) throw new Error('A faulty server has no control API.');
  return {
    url: server.url,
    controlUrl: server.controlUrl,
    wire: wire && ((fetch, name) => recordThrown((own: Fetch) => wire(own, name), errors)(fetch)),
    control: injection.control ?? unchanged,
    errors: errors.all,
    close: async () => {
      await server.close();
    },
  };
};

const unchanged: Fault = (fetch) => fetch;

/** Converts a fetch function into the reference server's function to send webhooks. */
const toSend =
  (sendByFetch: SendByFetch): Send =>
  async ({ method, url, headers, body }, { signal }) => {
    const bytes = body as string;
    const init = { method, headers, body: bytes, redirect: 'manual', signal } as const;
    const response = await sendByFetch(url, init);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      readBody: async () => {
        await response.body?.cancel().catch(() => undefined);
        return { bytes: Buffer.alloc(0), end: 'whole' };
      },
    };
  };

/** Errors of a faulty server that its fault doesn't intend. */
export interface UnintendedErrors {
  /** Adds a text or a thrown value. */
  readonly note: (what: unknown) => void;
  /** All so far, as text. */
  readonly all: () => readonly string[];
}

export const collectErrors = (): UnintendedErrors => {
  const noted: string[] = [];
  return {
    note: (what) => noted.push(what instanceof Error ? (what.stack ?? what.message) : String(what)),
    all: () => noted,
  };
};

type SendAny<Sent extends unknown[], Answer> = (...sent: Sent) => Promise<Answer>;

/**
 * Records what an injected send function throws itself: server and rules would only see a failed
 * delivery. Errors of the original send function, for example of a connection, are not recorded.
 */
export const recordThrown =
  <Sent extends unknown[], Answer>(
    inject: (send: SendAny<Sent, Answer>) => SendAny<Sent, Answer>,
    { note }: UnintendedErrors,
  ) =>
  (send: SendAny<Sent, Answer>): SendAny<Sent, Answer> => {
    const ofOriginal = new Set<unknown>();
    const injection = inject((...sent) =>
      send(...sent).catch((thrown: unknown) => {
        ofOriginal.add(thrown);
        throw thrown;
      }),
    );
    return async (...sent) => {
      try {
        return await injection(...sent);
      } catch (thrown) {
        if (!ofOriginal.has(thrown)) note(thrown);
        throw thrown;
      }
    };
  };

export interface FaultyServerHarness {
  /**
   * Runs rules against a server with this fault, or the unmodified server.
   *
   * @throws Error for an error that the fault doesn't intend
   */
  readonly judge: (fault: FaultyServer | undefined, judging: RuleRun) => Promise<RuleRunResult>;
  readonly close: () => Promise<void>;
}

/** For an event that a fault suppresses, in milliseconds. */
const patience = 1_000;

/** Opens what is needed to test one faulty server after another. */
export const openFaultyServerHarness = async (): Promise<FaultyServerHarness> => {
  const harness = await openHarness({ patience, timeout: 10_000, concurrency: 1 });
  return {
    judge: async (fault, judging) => {
      const server = await startFaultyServer(fault);
      const result = await harness.judge(server, judging);
      const [firstError] = server.errors();
      if (firstError === undefined) return result;
      const name = fault?.id ?? 'the unmodified server';
      throw new Error(`In ${name} an unintended error occurred: ${firstError}`);
    },
    close: harness.close,
  };
};
