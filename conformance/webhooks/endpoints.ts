import type { EventType } from '../../openapi/contract.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Surroundings } from '../http/message.ts';
import { type TargetOrganization, Unavailable, unlocks } from '../targets/target.ts';
import { asExchange, collectDeliveries, type Delivery, waitForDelivery } from './deliveries.ts';
import type { EventLiveness } from './liveness.ts';
import type { EventPatience, RawDelivery, Receiver, Sink } from './sink.ts';

export interface EndpointOptions {
  readonly events: readonly EventType[];
  readonly sink: Sink | undefined;
  readonly clock: Pick<Surroundings, 'now' | 'sleep'>;
  readonly interruption: AbortSignal;
  /** What the run knows of the events that come. */
  readonly liveness: EventLiveness;
  /** Called with every request that arrives at an endpoint, for the ambient rules. */
  readonly inspectDelivery: (delivery: RawDelivery, secret: string) => void;
}

/**
 * The endpoints that one rule opens, and the way to close them all.
 *
 * @param tell - is given the deliveries that a verdict rests on
 */
export const createEndpoints = (
  { sink, events, clock, interruption, liveness, inspectDelivery }: EndpointOptions,
  keep: (exchange: Exchange) => void,
) => {
  const open: (() => void)[] = [];
  const redirections = createRedirections();
  const inboxes: Inbox[] = [];
  const openerFor =
    (organization: TargetOrganization): OpenInbox =>
    async (answer) => {
      if (!sink) throw new Unavailable(`It needs ${unlocks.webhooks}.`);
      const { now, sleep } = clock;
      const show = (delivery: Delivery): Exchange => {
        const exchange = asExchange(delivery);
        keep(exchange);
        return exchange;
      };
      // A redirected delivery is signed for the endpoint that it was sent to first.
      const inspect: typeof inspectDelivery = (delivery, secret) => {
        if (!redirections.leadTo(delivery.url)) inspectDelivery(delivery, secret);
      };
      const { inbox, close } = await openInbox({
        ...{ sink, events, organization, now, sleep, interruption, liveness, show, inspect },
        answer: redirections.watch(answer),
      });
      open.push(close);
      inboxes.push(inbox);
      return inbox;
    };
  return {
    openerFor,
    /** All deliveries of the rule. */
    received: (): Exchange[] => inboxes.flatMap((inbox) => inbox.deliveries().map(asExchange)),
    close: (): void => {
      for (const close of open) close();
    },
  };
};

/** The addresses to which receivers of the rule redirect senders. */
const createRedirections = () => {
  const names = new Set<string>();
  // A proxy may have changed the beginning of the path.
  const nameIn = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
  return {
    leadTo: (url: string): boolean => names.has(nameIn(url)),
    watch: (answer: Receiver['answer']): Receiver['answer'] =>
      answer &&
      (async (delivery) => {
        const reception = await answer(delivery);
        const { location } = reception.headers ?? {};
        if (location !== undefined) names.add(nameIn(location));
        return reception;
      }),
  };
};

/** Opens an endpoint for the events of an organisation. */
export type OpenInbox = (answer?: Receiver['answer']) => Promise<Inbox>;

/** The deliveries at an endpoint since a rule opened it. */
export interface Inbox {
  readonly secret: string;
  /** The URL that the target sends to. */
  readonly url: string;
  /** The event types that must arrive: those that the user didn't omit. */
  readonly types: readonly EventType[];
  /** How long to wait, in milliseconds. */
  readonly patience: EventPatience;
  /** The rules that showed that no event of this type comes; undefined if some do. */
  readonly shownMissingBy: EventLiveness['shownMissingBy'];
  /** In the order of arrival; at a standing endpoint also deliveries about other organisations' work. */
  readonly deliveries: () => readonly Delivery[];
  /** The first that fulfils the condition; undefined when none arrives in time. */
  readonly find: (
    isSo: (delivery: Delivery) => boolean,
    patience?: number,
  ) => Promise<Delivery | undefined>;
  /** Waits for late deliveries: longer where deliveries take long. */
  readonly settle: () => Promise<void>;
  /** Adds deliveries to the exchanges that a report shows of a failure, and returns them. */
  readonly show: (...deliveries: readonly Delivery[]) => readonly Exchange[];
}

export interface InboxOptions {
  readonly events: readonly EventType[];
  readonly sink: Sink;
  readonly organization: Pick<TargetOrganization, 'createEndpoint'>;
  readonly answer: Receiver['answer'];
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly interruption: AbortSignal;
  readonly liveness: EventLiveness;
  readonly show: (delivery: Delivery) => Exchange;
  /** Called with every request that arrives there, also after the inbox is closed. */
  readonly inspect: (delivery: RawDelivery, secret: string) => void;
}

/**
 * Milliseconds added to the silence at most, or a tenth of a longer patience. Where one event took
 * long, another may take longer: nothing is documented of the time and order of events.
 */
const longestSettling = 1_000;

/** Opens an endpoint in the sink, and makes the target send an organisation's events there. */
const openInbox = async (options: InboxOptions): Promise<{ inbox: Inbox; close: () => void }> => {
  const { sink, organization, answer, sleep, now, show } = options;
  const kept = collectDeliveries();
  const inspection = createInspection(options.inspect);
  let isOpen = true;
  const receive = (delivery: RawDelivery): void => {
    if (isOpen) kept.receive(delivery);
    inspection.look(delivery);
  };
  const endpoint = sink.open(answer ? { receive, answer } : { receive });
  const close = (): void => {
    isOpen = false;
    endpoint.close();
    // The sink keeps the receiver until the run ends, and with it these deliveries.
    kept.clear();
  };
  const { secret } = await organization.createEndpoint(endpoint.url).catch((thrown: unknown) => {
    close();
    inspection.abandon();
    throw thrown;
  });
  inspection.begin(secret);
  const { patience } = sink;
  const waitUpTo = createEndpointWait(patience);
  let slowest = 0;
  const inbox: Inbox = {
    secret,
    url: endpoint.url,
    types: options.events,
    patience,
    shownMissingBy: options.liveness.shownMissingBy,
    deliveries: kept.all,
    find: async (isSo, time) => {
      const start = now();
      const found = await waitUpTo(time, (limit) =>
        waitForDelivery(() => kept.all().find(isSo), kept.watch, limit, options.interruption),
      );
      if (found) {
        slowest = Math.max(slowest, now() - start);
        options.liveness.noteArrival(found.event?.type);
      }
      return found;
    },
    settle: () =>
      sleep(
        patience.silence + Math.min(2 * slowest, Math.max(longestSettling, patience.event / 10)),
      ),
    show: (...deliveries) => deliveries.map((delivery) => show(delivery)),
  };
  return { inbox, close };
};

/** Delays the inspection of what arrives before the secret of the endpoint is known. */
const createInspection = (inspect: InboxOptions['inspect']) => {
  const early: RawDelivery[] = [];
  let look = (delivery: RawDelivery): void => {
    early.push(delivery);
  };
  return {
    look: (delivery: RawDelivery): void => {
      look(delivery);
    },
    begin: (secret: string): void => {
      look = (delivery) => {
        inspect(delivery, secret);
      };
      early.splice(0).forEach(look);
    },
    /** Without a secret, nothing can be inspected. */
    abandon: (): void => {
      early.length = 0;
      look = () => undefined;
    },
  };
};

/**
 * Waits as long as the patience of the sink allows. After the first event that didn't arrive it waits
 * only a tenth of that, mostly while a counterexample is shrunk.
 */
const createEndpointWait = ({ event }: EventPatience) => {
  let nextLimit = event;
  return async <Found>(
    limit: number | undefined,
    wait: (limit: number) => Promise<Found | undefined>,
  ): Promise<Found | undefined> => {
    const found = await wait(limit ?? nextLimit);
    // An event with its own limit may be one that need not arrive.
    if (found === undefined && limit === undefined) nextLimit = event / 10;
    return found;
  };
};
