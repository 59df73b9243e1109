import type { EventType } from '../../openapi/contract.ts';
import type { Sink } from '../sink/sink.ts';
import { Unavailable } from '../targets/unavailable.ts';
import { unlocks, type TargetOrganization } from '../targets/target.ts';
import type { Delivery } from './deliveries.ts';
import type { Exchange } from './exchange.ts';
import type { Surroundings } from './fetch.ts';
import { openInbox, type Inbox } from './inbox.ts';
import type { Organization } from './organization.ts';

export interface EndpointOptions {
  readonly events: readonly EventType[];
  readonly sink: Sink | undefined;
  readonly clock: Pick<Surroundings, 'now' | 'sleep'>;
  readonly interruption: AbortSignal;
}

/**
 * The endpoints that one rule opens, and the way to close them all.
 *
 * @param tell - is given the deliveries that a verdict rests on
 */
export const createEndpoints = (
  { sink, events, clock, interruption }: EndpointOptions,
  tell: (exchange: Exchange) => void,
) => {
  const open: (() => void)[] = [];
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
      const options = { sink, events, organization, answer, now, sleep, interruption, show };
      const { inbox, close } = await openInbox(options);
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

/** A delivery in the form in which reports tell what went over the wire. */
const asExchange = (delivery: Delivery): Exchange => {
  const { method, url, headers, body, arrivedAt } = delivery;
  return {
    operation: undefined,
    request: { method, url, headers, body },
    response: { status: 200, headers: {}, body: '' },
    json: undefined,
    startedAt: arrivedAt,
    milliseconds: 0,
    received: true,
  };
};
