import {
  expectAttempts,
  expectEventCreatedAt,
  expectEventId,
  expectJsonObject,
  expectPost,
  refuseFirst,
} from '../../assertions/deliveries.ts';
import {
  causeEveryEvent,
  eventsAbout,
  expectEvent,
  expectEvents,
  listenForEvents,
  receiveEveryEvent,
} from '../../assertions/events.ts';
import { instantOf, serverClockOf } from '../../assertions/timestamps.ts';
import { dataOf } from '../../context/answers.ts';
import { asText, expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Dossier } from '../../contract/resources.ts';
import {
  eventOfDelivery,
  onDelivery,
  onEvent,
  onHeader,
  onReceiver,
  withEvent,
} from '../../faults/deliveries.ts';
import {
  archiveDossier,
  createDossier,
  retrieveDossier,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { createMovableDossier, moveDossier } from '../../fixtures/flows.ts';
import { aFullDossier } from '../../generators/dossiers.ts';
import { awkwardTexts } from '../../generators/values.ts';

const post = defineRule({
  id: 'webhooks/post',
  level: 'MUST',
  verifies: ['LG-WEB-002'],
  sentence: 'An event is sent to the endpoint as a POST request.',
  needs: ['webhooks'],
  check: async (context) => {
    const { deliveries } = await receiveEveryEvent(context);
    deliveries.forEach(expectPost);
  },
  deliveryFault: onDelivery((delivery) => [{ ...delivery, method: 'PUT' }]),
});

const jsonBody = defineRule({
  id: 'webhooks/json-body',
  level: 'MUST',
  verifies: ['LG-WEB-003'],
  sentence: 'The body of each delivery is a JSON object, declared as `application/json`.',
  needs: ['webhooks'],
  check: async (context) => {
    // A delivery that isn't an object is never found as the expected event.
    const { deliveries } = await receiveEveryEvent(context, awkwardTexts.slice(0, 6).join(' '));
    deliveries.forEach(expectJsonObject);
  },
  deliveryFault: onHeader('content-type', () => 'application/x-www-form-urlencoded'),
});

const eventId = defineRule({
  id: 'webhooks/event-id',
  level: 'MUST',
  verifies: ['LG-WEB-004'],
  sentence: 'Each event has an `id` that begins with `evt_`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { deliveries } = await receiveEveryEvent(context);
    deliveries.forEach(expectEventId);
  },
  deliveryFault: onEvent((event) => {
    event.id = event.id.replace('evt_', '');
  }),
});

const eventType = defineRule({
  id: 'webhooks/event-type',
  level: 'MUST',
  verifies: ['LG-WEB-006'],
  sentence: 'The `type` of each of the five documented events is its documented name.',
  needs: ['webhooks'],
  check: async (context) => {
    const { inbox, caused } = await receiveEveryEvent(context);
    // Events of other types may be sent too.
    for (const { type, id } of caused) {
      if (!inbox.types.includes(type)) continue;
      const types = eventsAbout(inbox, id).map(({ event }) => event?.type);
      expectThat(types.includes(type), `an event of the type ${type} about ${id}`, () => types);
    }
  },
  // A server that uses another type for moves.
  deliveryFault: onEvent((event) => {
    if (event.type === 'dossier.stage_changed') event.type = 'dossier.moved';
  }),
});

const createdAt = defineRule({
  id: 'webhooks/created-at',
  level: 'MUST',
  verifies: ['LG-WEB-007'],
  sentence: 'Each event has `created_at`, an ISO 8601 date and time in UTC.',
  needs: ['webhooks'],
  check: async (context) => {
    const { deliveries } = await receiveEveryEvent(context);
    for (const delivery of deliveries) expectEventCreatedAt(context.contract, delivery);
  },
  deliveryFault: onEvent((event) => {
    Object.assign(event, { created_at: Date.parse(event.created_at) / 1000 });
  }),
});

const subject = defineRule({
  id: 'webhooks/subject',
  level: 'MUST',
  verifies: ['LG-WEB-009'],
  sentence: 'The `data` of each event has the `id` of its dossier or note.',
  needs: ['webhooks'],
  check: async (context) => {
    const { deliveries, caused } = await receiveEveryEvent(context);
    for (const { event } of deliveries) {
      const subject = caused.find(({ type }) => type === event?.type);
      expectEqual(event?.data?.['id'], subject?.id, `the id in data of ${asText(event?.type)}`);
    }
  },
  // A server whose note events have the id of the dossier.
  deliveryFault: onEvent(({ type, data }) => {
    if (type === 'note.created') data['id'] = data['dossier_id'];
  }),
});

const wholeDossier = defineRule({
  id: 'webhooks/whole-dossier',
  level: 'SHOULD',
  verifies: ['LG-WEB-026'],
  sentence: 'The `data` of a dossier event is the whole dossier, right after the change.',
  needs: ['webhooks', 'fresh-organizations'],
  check: (context) =>
    context.property(
      [aFullDossier()],
      async (draft) => {
        const { org, inbox } = await listenForEvents(context);
        const see = async (type: Parameters<typeof expectEvent>[1], id: string) => {
          const seen = await retrieveDossier(org, id);
          const { event } = await expectEvent(inbox, type, id);
          expectEqual(event?.data, seen, `data of ${type} equal to the retrieved dossier,`);
        };
        const { id } = await createDossier(org, draft);
        await see('dossier.created', id);
        await updateDossier(org, id, { name: 'Zoë Çelik', role: 'Planner' });
        await see('dossier.updated', id);
        // Both events are pending at once: neither may show the other change.
        const names = ['First', 'Second'];
        for (const name of names) await updateDossier(org, id, { name });
        await expectEvents(inbox, 'dossier.updated', id, 3);
        const updates = eventsAbout(inbox, id, 'dossier.updated').map(({ event }) => event?.data);
        for (const name of names) {
          const isSent = updates.some((data) => data?.['name'] === name);
          expectThat(isSent, `dossier.updated with the name "${name}"`, () => updates);
        }
        await archiveDossier(org, id);
        await see('dossier.deleted', id);
        const movable = await createMovableDossier(org, draft.name);
        await moveDossier(org, movable);
        await see('dossier.stage_changed', movable.id);
      },
      4,
    ),
  // A server that sends only the fields of the example.
  deliveryFault: onEvent((event) => {
    const { id, current_stage_id, status } = event.data;
    if (event.type === 'dossier.stage_changed') event.data = { id, current_stage_id, status };
  }),
});

const moment = defineRule({
  id: 'webhooks/moment',
  level: 'SHOULD',
  verifies: ['LG-WEB-008'],
  sentence: '`created_at` of an event is the time of the change, and is the same on all attempts.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const inbox = await org.inbox(refuseFirst(1));
    const before = serverClockOf(await org.all.send('listDossiers', { query: { per_page: '1' } }));
    const body = { type: 'candidate', name: 'Sent twice' };
    const exchange = await org.all.send('createDossier', { body });
    context.expect.success(exchange);
    const { id } = dataOf(exchange.json) as Dossier;
    const attempts = await expectAttempts(inbox, 'dossier.created', id, 2);
    const [first, second] = attempts.map(({ event }) => event?.created_at);
    expectEqual(second, first, 'created_at on the second attempt');
    const moment = instantOf(asText(first));
    // Both clocks are read to the second.
    const off = moment < before - 1000 || moment > serverClockOf(exchange) + 1000;
    expectThat(!off, "the time of creation by the server's clock", () => first);
  },
  // A server whose queue has another clock.
  deliveryFault: onEvent((event) => {
    event.created_at = new Date(Date.parse(event.created_at) + 60_000).toISOString();
  }),
});

const uniqueIds = defineRule({
  id: 'webhooks/unique-ids',
  level: 'SHOULD',
  verifies: ['LG-WEB-005'],
  sentence: 'No two events share an id, and all attempts to deliver one event have the same id.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const inbox = await org.inbox(refuseFirst(1));
    const first = await createDossier(org, { type: 'candidate', name: 'Sent twice' });
    const attempts = await expectAttempts(inbox, 'dossier.created', first.id, 2);
    const [one, other] = attempts.map(({ event }) => event?.id);
    expectEqual(other, one, 'the id on the second attempt');
    const caused = await causeEveryEvent(org, 'Noor Bakker');
    for (const { type, id } of caused) await expectEvent(inbox, type, id);
    const ids = new Map<unknown, string>();
    for (const { event } of inbox.deliveries()) {
      const about = `${asText(event?.type)} of ${asText(event?.data?.['id'])}`;
      expectEqual(
        about,
        ids.get(event?.id) ?? about,
        `the one event with the id ${asText(event?.id)}:`,
      );
      ids.set(event?.id, about);
    }
    // Two of one type about one dossier: its move and its deletion, by decision.
    const moved = caused.find(({ type }) => type === 'dossier.updated');
    await expectEvents(inbox, 'dossier.updated', moved?.id ?? '', 2);
  },
  // A server that creates the id for each attempt.
  deliveryFault: onReceiver((receiver) => {
    let sent = 0;
    return {
      ...receiver,
      receive: (delivery) => {
        sent += 1;
        const event = eventOfDelivery(delivery);
        receiver.receive(withEvent(delivery, { ...event, id: `evt_${String(sent)}` }));
      },
    };
  }),
});

export default [
  post,
  jsonBody,
  eventId,
  eventType,
  createdAt,
  subject,
  wholeDossier,
  moment,
  uniqueIds,
] satisfies readonly Rule[];
