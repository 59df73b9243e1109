import type { RawDelivery, Receiver } from '../webhooks/sink.ts';
import type { DeliveryFault } from './inject.ts';

/** An event that a fault can change. */
export interface MutableEvent {
  id: string;
  type: string;
  created_at: string;
  data: Record<string, unknown>;
}

/** Replaces the receivers of the suite. */
export const onReceiver =
  (alter: (receiver: Receiver) => Receiver): DeliveryFault =>
  (sink) => ({ ...sink, open: (receiver) => sink.open(alter(receiver)) });

/** Replaces each delivery by none, one or several. */
export const onDelivery = (
  alter: (delivery: RawDelivery, event: MutableEvent) => readonly RawDelivery[],
): DeliveryFault =>
  onReceiver((receiver) => ({
    ...receiver,
    receive: (delivery) => {
      for (const one of alter(delivery, eventOfDelivery(delivery))) receiver.receive(one);
    },
  }));

/** Changes the events in deliveries. */
export const onEvent = (alter: (event: MutableEvent) => void): DeliveryFault =>
  onDelivery((delivery, event) => {
    alter(event);
    return [withEvent(delivery, event)];
  });

/** Changes one header of deliveries. */
export const onHeader = (name: string, alter: (value: string) => string): DeliveryFault =>
  onDelivery((delivery) => {
    const value = alter(delivery.headers[name] ?? '');
    return [{ ...delivery, headers: { ...delivery.headers, [name]: value } }];
  });

/** A server that doesn't send some events. */
export const dropEvents = (matches: (event: MutableEvent) => boolean): DeliveryFault =>
  onDelivery((delivery, event) => (matches(event) ? [] : [delivery]));

/** A server that sends an additional event of this type, with its own id, after some events. */
export const sendExtraEvent = (
  matches: (event: MutableEvent) => boolean,
  type: (event: MutableEvent) => string,
): DeliveryFault =>
  onDelivery((delivery, event) => {
    if (!matches(event)) return [delivery];
    const more = { ...event, id: `${event.id}_more`, type: type(event) };
    return [delivery, withEvent(delivery, more)];
  });

/** A server that delivers some events after the next one. */
export const reorderDeliveries = (matches: (event: MutableEvent) => boolean): DeliveryFault =>
  onReceiver((receiver) => {
    const held: RawDelivery[] = [];
    return {
      ...receiver,
      receive: (delivery) => {
        if (held.length === 0 && matches(eventOfDelivery(delivery))) {
          held.push(delivery);
          return;
        }
        for (const one of [delivery, ...held.splice(0)]) receiver.receive(one);
      },
    };
  });

/** A server that also delivers the events of some endpoints to others. */
export const deliverToOthers =
  (reaches: (from: number, to: number) => boolean): DeliveryFault =>
  (sink) => {
    const receivers: Receiver[] = [];
    return {
      ...sink,
      open: (receiver) => {
        const from = receivers.push(receiver) - 1;
        const receive: Receiver['receive'] = (delivery) => {
          for (const [to, one] of receivers.entries()) if (reaches(from, to)) one.receive(delivery);
        };
        return sink.open({ ...receiver, receive });
      },
    };
  };

export const eventOfDelivery = ({ body }: RawDelivery): MutableEvent =>
  JSON.parse(new TextDecoder().decode(body)) as MutableEvent;

export const withEvent = (delivery: RawDelivery, event: unknown): RawDelivery => ({
  ...delivery,
  body: new TextEncoder().encode(JSON.stringify(event)),
});

/** A server that sends an additional request with each delivery. */
export const sendExtraDelivery = (
  alter: (delivery: RawDelivery, event: MutableEvent) => Partial<RawDelivery>,
): DeliveryFault =>
  onDelivery((delivery, event) => [delivery, { ...delivery, ...alter(delivery, event) }]);

/** A server that sends an additional, undocumented event with these values. */
export const sendPing = (wrong: Readonly<Record<string, unknown>>): DeliveryFault =>
  sendExtraDelivery((delivery, { created_at }) => {
    const ping = { id: 'evt_ping', type: 'endpoint.ping', created_at, data: {} };
    return { body: withEvent(delivery, { ...ping, ...wrong }).body };
  });

/** A server that signs additional requests in another way. */
export const sendExtraSigned = (alter: (header: string) => string): DeliveryFault =>
  sendExtraDelivery(({ headers }) => ({
    headers: { ...headers, 'x-leadgrid-signature': alter(headers['x-leadgrid-signature'] ?? '') },
  }));
