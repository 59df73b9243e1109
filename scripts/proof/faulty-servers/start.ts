import type { Fault } from '../../../conformance/faults/inject.ts';
import type { Fetch } from '../../../conformance/http/transport.ts';
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
  /** Where the server itself is, without what stands on the wire. */
  readonly url: string;
  readonly controlUrl: string;
  /** What stands between it and its callers. */
  readonly wire: Fault;
  /** What stands between its control API and its callers. */
  readonly control: Fault;
  /** What went wrong in it so far that the fault isn't meant to do, in words. */
  readonly errors: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts the reference server in this process, on a free port, bent by a fault or honest. */
export const startFaultyServer = async (
  fault: FaultyServer | undefined,
): Promise<StartedServer> => {
  const state = createState();
  const injection = fault?.inject({ contract: readContract(), state, own: handlers }) ?? {};
  const { wire = unchanged } = injection;
  const own = createServices();
  const errors = collectErrors();
  const services = {
    ...own,
    send: injection.deliver ? asSend(recordThrown(injection.deliver, errors)(fetch)) : own.send,
    complain: errors.note,
  };
  const server = await startServer(
    { ...defaultConfig, port: 0 },
    { state, services, handlers: { ...handlers, ...injection.handlers } },
  );
  if (server.controlUrl === undefined) throw new Error('A server of the fleet has no control API.');
  return {
    url: server.url,
    controlUrl: server.controlUrl,
    wire: (fetch, name) => recordThrown((own: Fetch) => wire(own, name), errors)(fetch),
    control: injection.control ?? unchanged,
    errors: errors.all,
    close: async () => {
      await server.close();
    },
  };
};

const unchanged: Fault = (fetch) => fetch;

/** The way to the receivers as the reference server takes it, with what sends by `fetch` in it. */
const asSend =
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

/** What goes wrong in a faulty server that its fault is not meant to do. */
export interface UnintendedErrors {
  /** Notes something in words, or as it was thrown. */
  readonly note: (what: unknown) => void;
  /** All so far, in words. */
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
 * Notes what a fault throws by itself where it stands between two that talk. To the server that is
 * an attempt to deliver that failed, like any other, and to the rules an event that doesn't come.
 * What comes from beyond it, such as a connection that breaks, is no mishap.
 */
export const recordThrown =
  <Sent extends unknown[], Answer>(
    inject: (send: SendAny<Sent, Answer>) => SendAny<Sent, Answer>,
    { note }: UnintendedErrors,
  ) =>
  (send: SendAny<Sent, Answer>): SendAny<Sent, Answer> => {
    const fromBeyond = new Set<unknown>();
    const injection = inject((...sent) =>
      send(...sent).catch((thrown: unknown) => {
        fromBeyond.add(thrown);
        throw thrown;
      }),
    );
    return async (...sent) => {
      try {
        return await injection(...sent);
      } catch (thrown) {
        if (!fromBeyond.has(thrown)) note(thrown);
        throw thrown;
      }
    };
  };

export interface FaultyServerHarness {
  /**
   * Starts a server with this fault, or an honest one, judges it over HTTP, and stops it.
   *
   * @throws Error when something goes wrong in it that the fault isn't meant to do
   */
  readonly judge: (fault: FaultyServer | undefined, judging: RuleRun) => Promise<RuleRunResult>;
  readonly close: () => Promise<void>;
}

/** What a fault keeps back is not worth the usual patience, in milliseconds. */
const patience = 1_000;

/** Makes ready to judge servers of the fleet, one after the other. */
export const openFaultyServerHarness = async (): Promise<FaultyServerHarness> => {
  const harness = await openHarness({ patience, timeout: 10_000, concurrency: 1 });
  return {
    judge: async (fault, judging) => {
      const server = await startFaultyServer(fault);
      const judgement = await harness.judge(server, judging);
      const [firstError] = server.errors();
      if (firstError === undefined) return judgement;
      const name = fault?.id ?? 'the honest server';
      throw new Error(`In ${name} something went wrong that isn't meant: ${firstError}`);
    },
    close: harness.close,
  };
};
