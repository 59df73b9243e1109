import type { EventType } from '../../openapi/contract.ts';
import type { Sink } from '../sink/sink.ts';
import { Unavailable } from '../targets/unavailable.ts';
import { unlocks, type TargetOrganization } from '../targets/target.ts';
import type { RawDelivery, Receiver } from '../sink/delivery.ts';
import { asExchange, type Delivery } from './deliveries.ts';
import type { Exchange } from './exchange.ts';
import type { Surroundings } from './fetch.ts';
import { openInbox, type Inbox } from './inbox.ts';
import type { Organization } from './organization.ts';

export interface EndpointOptions {
  readonly events: readonly EventType[];
  readonly sink: Sink | undefined;
  readonly clock: Pick<Surroundings, 'now' | 'sleep'>;
  readonly interruption: AbortSignal;
  /** Is given every request that arrives at an endpoint, for the ambient rules. */
  readonly surveyDelivery: (delivery: RawDelivery, secret: string) => void;
}

/**
 * The endpoints that one rule opens, and the way to close them all.
 *
 * @param tell - is given the deliveries that a verdict rests on
 */
export const createEndpoints = (
  { sink, events, clock, interruption, surveyDelivery }: EndpointOptions,
  tell: (exchange: Exchange) => void,
) => {
  const open: (() => void)[] = [];
  const redirections = createRedirections();
  const inboxes: Inbox[] = [];
  const openerFor =
    (organization: TargetOrganization): Organization['inbox'] =>
    async (answer) => {
      if (!sink) throw new Unavailable(`It needs ${unlocks.webhooks}.`);
      const { now, sleep } = clock;
      const show = (delivery: Delivery): Exchange => {
        const exchange = asExchange(delivery);
        tell(exchange);
        return exchange;
      };
      // What follows a redirection is signed for the endpoint that it was sent to first.
      const inspect: typeof surveyDelivery = (delivery, secret) => {
        if (!redirections.leadTo(delivery.url)) surveyDelivery(delivery, secret);
      };
      const { inbox, close } = await openInbox({
        ...{ sink, events, organization, now, sleep, interruption, show, inspect },
        answer: redirections.watch(answer),
      });
      open.push(close);
      inboxes.push(inbox);
      return inbox;
    };
  return {
    openerFor,
    /** All that has arrived. */
    received: (): Exchange[] => inboxes.flatMap((inbox) => inbox.deliveries().map(asExchange)),
    close: (): void => {
      for (const close of open) close();
    },
  };
};

/** Where senders are redirected to by the receivers of the rule itself. */
const createRedirections = () => {
  const names = new Set<string>();
  // A proxy on the way may have changed the front of the path, never its end.
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
