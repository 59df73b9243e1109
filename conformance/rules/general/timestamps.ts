import { contactPlaces, createAndViewContact } from '../../assertions/contacts.ts';
import { dossierPlaces, viewCreatedDossier } from '../../assertions/dossiers.ts';
import {
  causeEveryEvent,
  expectEvent,
  listenForEvents,
  receiveEveryEvent,
} from '../../assertions/events.ts';
import {
  type ClockReading,
  clockReadingOf,
  createDated,
  createdAtValuesIn,
  expectOneClock,
  noDateHeader,
  serverClockOf,
  spanOf,
  timestampsOf,
} from '../../assertions/timestamps.ts';
import { dataOf } from '../../context/answers.ts';
import { asText, expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Dossier, Note } from '../../contract/resources.ts';
import { onEvent } from '../../faults/deliveries.ts';
import { onData, onResponse } from '../../faults/inject.ts';
import { createDossier, findDossierUnderAnyStatus } from '../../fixtures/dossiers.ts';
import { findNote } from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const dossiersCreatedAt = defineRule({
  id: 'dossiers/created-at',
  level: 'SHOULD',
  verifies: ['LG-GEN-010'],
  sentence:
    "`created_at` of a dossier is the time of creation by the server's clock, the same in every response.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const body of plainDossiers(2)) {
      const before = serverClockOf(
        await org.all.send('listDossiers', { query: { per_page: '1' } }),
      );
      const exchange = await org.all.send('createDossier', { body });
      context.expect.success(exchange);
      const seen = await viewCreatedDossier(org, dataOf(exchange.json) as Dossier);
      const { created_at } = seen.created;
      for (const place of dossierPlaces) {
        expectEqual(seen[place].created_at, created_at, 'created_at');
      }
      const moment = Date.parse(created_at ?? '');
      // Both clocks are read to the second.
      const off = moment < before - 1000 || moment > serverClockOf(exchange) + 1000;
      expectThat(!off, "the time of creation by the server's clock", () => created_at);
    }
  },
  // A server that returns a fixed time.
  fault: onData(['getDossier'], (dossier) => {
    dossier['created_at'] = '2026-01-01T00:00:00Z';
  }),
});

const contactsCreatedAt = defineRule({
  id: 'contacts/created-at',
  level: 'SHOULD',
  verifies: ['LG-CON-023', 'LG-GEN-010'],
  sentence:
    "`created_at` of a contact is the time of creation by the server's clock, the same in every response.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const read = async () =>
      serverClockOf(await org.all.send('listContacts', { query: { per_page: '1' } }));
    for (const draft of plainContacts(2)) {
      const before = await read();
      const seen = await createAndViewContact(org, draft);
      const after = await read();
      const { created_at } = seen.returned;
      for (const place of contactPlaces) {
        context.about(place === 'retrieved' ? 'LG-CON-023' : 'LG-GEN-010');
        expectThat(Boolean(seen[place].created_at), 'created_at', () => seen[place]);
        context.about('LG-GEN-010');
        expectEqual(seen[place].created_at, created_at, 'created_at');
      }
      const moment = Date.parse(created_at ?? '');
      // Both clocks are read to the second.
      const off = moment < before - 1000 || moment > after + 1000;
      expectThat(!off, "the time of creation by the server's clock", () => created_at);
    }
  },
  fault: onData(['getContact'], (contact) => {
    delete contact['created_at'];
  }),
});

const notesCreatedAt = defineRule({
  id: 'notes/created-at',
  level: 'SHOULD',
  verifies: ['LG-GEN-010'],
  sentence:
    "`created_at` of a note is the time of creation by the server's clock, the same in every response.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With a dated note' });
    const exchange = await org.all.send('createDossierNote', {
      path: { id },
      body: { content: 'Called' },
    });
    context.expect.success(exchange);
    const added = dataOf(exchange.json) as Note;
    const listed = await findNote(org, id, added.id);
    expectEqual(listed.created_at, added.created_at, 'created_at');
    // Both clocks are read to the second, and a response may take a while.
    const seconds =
      (Date.parse(exchange.response.headers['date'] ?? '') - Date.parse(added.created_at)) / 1000;
    expectThat(
      !(seconds < -1 || seconds > 60),
      "the time by the server's clock",
      () => added.created_at,
    );
  },
  // A server that returns a fixed time.
  fault: onData(['listDossierNotes'], (note) => {
    note['created_at'] = '2026-01-01T00:00:00Z';
  }),
});

const timestamps = defineRule({
  id: 'webhooks/timestamps',
  level: 'MUST',
  verifies: ['LG-GEN-008'],
  sentence: 'Every timestamp in the `data` of an event is an ISO 8601 date and time in UTC.',
  needs: ['webhooks'],
  check: async (context) => {
    const isTimestamp = timestampsOf(context.contract);
    const { deliveries } = await receiveEveryEvent(context);
    for (const { event } of deliveries) {
      // Which fields the data of an event has is a decision.
      for (const moment of createdAtValuesIn(event?.data)) {
        if (moment === null) continue;
        expectThat(
          isTimestamp(moment),
          `a timestamp in data of ${asText(event?.type)}`,
          () => moment,
        );
      }
    }
  },
  // A server that writes local time in events.
  deliveryFault: onEvent(({ data }) => {
    data['created_at'] = String(data['created_at']).replace('Z', '+02:00');
  }),
});

const dossiersOneClock = defineRule({
  id: 'dossiers/one-clock',
  level: 'MUST',
  verifies: ['LG-GEN-056'],
  sentence: 'The `created_at` values of dossiers, contacts and notes use one clock.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const creations = await createDated(org);
    expectOneClock(creations.flatMap(({ readings }) => readings));
  },
  // A server that writes local time for contacts, declared as UTC.
  fault: onData(['createContact', 'listContacts', 'getContact'], (contact) => {
    const moment = Date.parse(String(contact['created_at']));
    contact['created_at'] = new Date(moment + 3_600_000).toISOString();
  }),
});

const webhooksOneClock = defineRule({
  id: 'webhooks/one-clock',
  level: 'MUST',
  verifies: ['LG-GEN-058'],
  sentence: '`created_at` of an event uses the same clock as `created_at` of its dossier or note.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    // Nothing of this happened before.
    const { startedAt: from } = await org.all.send('listFlows');
    const caused = await causeEveryEvent(org, 'Timed');
    const subject = caused.find(({ type }) => type === 'dossier.created')?.id ?? '';
    const dossier = await findDossierUnderAnyStatus(org, subject);
    for (const { type, id } of caused) {
      if (!inbox.types.includes(type)) continue;
      const { event, arrivedAt: to } = await expectEvent(inbox, type, id);
      // created_at may be the time of the change or of the attempt (LG-WEB-008).
      const span = { from, to };
      expectOneClock([
        clockReadingOf('created_at of the dossier', dossier.created_at, span),
        clockReadingOf(`created_at of ${type}`, event?.created_at, span),
        clockReadingOf(`created_at in data of ${type}`, event?.data?.['created_at'], span),
      ]);
    }
  },
  // A server whose queue writes local time, declared as UTC.
  deliveryFault: onEvent((event) => {
    event.created_at = new Date(Date.parse(event.created_at) + 19_800_000).toISOString();
  }),
});

const dateHeader = defineRule({
  id: 'dossiers/date-header',
  level: 'MUST',
  verifies: ['LG-GEN-057'],
  sentence:
    'The Date header of a response to a creation, if there is one, uses the same clock as `created_at`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    let dated = 0;
    for (const { exchange, readings } of await createDated(org)) {
      const moment = serverClockOf(exchange);
      const what = `the Date header of ${String(exchange.operation)}`;
      const header: ClockReading = { what, moment, ...spanOf(exchange) };
      if (Number.isNaN(moment)) continue;
      dated += 1;
      expectOneClock([header, ...readings]);
    }
    if (dated === 0) throw noDateHeader();
  },
  // A server behind a proxy with another clock.
  fault: onResponse('all', ({ headers }) => {
    headers.set('date', new Date(Date.now() - 3_600_000).toUTCString());
  }),
});

export default [
  dossiersCreatedAt,
  contactsCreatedAt,
  notesCreatedAt,
  timestamps,
  dossiersOneClock,
  webhooksOneClock,
  dateHeader,
] satisfies readonly Rule[];
