import { expectNoEvents } from '../../assertions/deliveries.ts';
import {
  causeEveryEvent,
  eventsAbout,
  expectEvent,
  listenForEvents,
  waitForPendingEvents,
} from '../../assertions/events.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { deliverToOthers, eventOfDelivery } from '../../faults/deliveries.ts';
import type { Fault } from '../../faults/inject.ts';

/** A server that does everything in the organisation of the first API key. */
const useFirstOrganization: Fault = (fetch) => {
  let first: string | undefined;
  return (request) => {
    const headers = new Headers(request.headers);
    first ??= headers.get('authorization') ?? undefined;
    if (first !== undefined) headers.set('authorization', first);
    return fetch(new Request(request, { headers }));
  };
};

const ownOrganization = defineRule({
  id: 'webhooks/own-organization',
  level: 'MUST',
  verifies: ['LG-WEB-024'],
  sentence: 'An endpoint receives no events of another organisation.',
  needs: ['webhooks', 'second-organization'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    await waitForPendingEvents(org, inbox);
    const other = await context.organization({ second: true });
    const elsewhere = await causeEveryEvent(other, 'Noor Bakker');
    // Positive control: its own event arrives.
    await waitForPendingEvents(org, inbox);
    const found = elsewhere.flatMap(({ id }) => eventsAbout(inbox, id));
    await expectNoEvents(context, inbox, found, 'no event of another organisation');
  },
  fault: useFirstOrganization,
});

const organizationsApart = defineRule({
  id: 'webhooks/organizations-apart',
  level: 'MUST',
  verifies: ['LG-WEB-024'],
  sentence: 'Of two organisations with endpoints, each receives only its own events.',
  needs: ['own-endpoints', 'webhooks', 'second-organization'],
  check: async (context) => {
    const here = await listenForEvents(context);
    const there = await listenForEvents(context, { second: true });
    for (const [own, other] of [
      [here, there],
      [there, here],
    ] as const) {
      const caused = await causeEveryEvent(own.org, 'Noor Bakker');
      for (const { type, id } of caused) await expectEvent(own.inbox, type, id);
      await waitForPendingEvents(other.org, other.inbox);
      const found = caused.flatMap(({ id }) => eventsAbout(other.inbox, id));
      await expectNoEvents(context, other.inbox, found, 'no event of another organisation');
    }
  },
  // A server that sends every event to all endpoints.
  deliveryFault: deliverToOthers(() => true),
});

const everyEndpoint = defineRule({
  id: 'webhooks/every-endpoint',
  level: 'SHOULD',
  verifies: ['LG-WEB-035'],
  sentence: 'Every endpoint of an organisation receives all types of events.',
  needs: ['webhooks', 'own-endpoints'],
  check: async (context) => {
    const org = await context.organization();
    const inboxes = [await org.inbox(), await org.inbox()];
    const caused = await causeEveryEvent(org, 'Noor Bakker');
    for (const inbox of inboxes) {
      for (const { type, id } of caused) await expectEvent(inbox, type, id);
    }
  },
  // A server that sends note events only to the first endpoint.
  deliveryFault: (sink) => {
    let opened = 0;
    return {
      ...sink,
      open: (receiver) => {
        opened += 1;
        if (opened === 1) return sink.open(receiver);
        return sink.open({
          ...receiver,
          receive: (delivery) => {
            if (eventOfDelivery(delivery).type !== 'note.created') receiver.receive(delivery);
          },
        });
      },
    };
  },
});

export default [ownOrganization, organizationsApart, everyEndpoint] satisfies readonly Rule[];
