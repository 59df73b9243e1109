import {
  eventsAbout,
  expectEvent,
  expectEvents,
  expectOnlyEvents,
  listenForEvents,
  waitForPendingEvents,
} from '../../assertions/events.ts';
import { makeFieldUpdates, planFieldUpdates } from '../../assertions/fields.ts';
import { dataOf } from '../../context/answers.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { dossierTypes, type Note } from '../../contract/resources.ts';
import {
  dropEvents,
  eventOfDelivery,
  onReceiver,
  sendExtraEvent,
} from '../../faults/deliveries.ts';
import type { Fault } from '../../faults/inject.ts';
import {
  archiveDossier,
  createDossier,
  createDossiers,
  retrieveDossier,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { createMovableDossier, createMovableDossiers } from '../../fixtures/flows.ts';
import { uploadForm, uploadFormats } from '../../fixtures/forms.ts';
import { plainDossiers } from '../../generators/dossiers.ts';
import { aCv, pdf } from '../../generators/files.ts';

const changedField = defineRule({
  id: 'webhooks/changed-field',
  level: 'MUST',
  verifies: ['LG-WEB-012'],
  sentence: 'Updating any updatable field of a dossier sends `dossier.updated`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const plans = await planFieldUpdates(org);
    for (const { id } of await makeFieldUpdates(org, plans)) {
      await expectEvent(inbox, 'dossier.updated', id);
    }
  },
  // A server that ignores a field.
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'dossier.updated' && data['deal_currency'] === 'USD',
  ),
});

const oneUpdate = defineRule({
  id: 'webhooks/one-update',
  level: 'SHOULD',
  verifies: ['LG-WEB-029'],
  sentence: 'An update of several fields sends one `dossier.updated`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id, others } = await createMovableDossier(org, 'Before an update');
    const details = { name: 'Noor Bakker', company: 'Tulp Logistics', role: 'Planner' };
    await updateDossier(org, id, {
      ...details,
      status: 'won',
      current_stage_id: others[0],
    });
    await expectEvent(inbox, 'dossier.updated', id);
    await waitForPendingEvents(org, inbox);
    await expectOnlyEvents(inbox, id, [
      'dossier.created',
      'dossier.updated',
      'dossier.stage_changed',
    ]);
  },
  // A server that sends separate events for the stage and the other fields.
  deliveryFault: sendExtraEvent(
    ({ type }) => type === 'dossier.stage_changed',
    () => 'dossier.updated',
  ),
});

const everyChange = defineRule({
  id: 'webhooks/every-change',
  level: 'MUST',
  verifies: ['LG-WEB-012'],
  sentence: 'Each of several quick updates of the same field sends `dossier.updated`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id } = await createDossier(org, { type: 'candidate', name: 'Renamed quickly' });
    for (const [index, name] of ['Noor', 'Iris', 'Noor', 'Zoë', 'Iris'].entries()) {
      await updateDossier(org, id, { name });
      // Each event is sent separately, without merging it with the next.
      await expectEvents(inbox, 'dossier.updated', id, index + 1);
    }
  },
  // A server that merges the events of quick updates.
  deliveryFault: onReceiver((receiver) => {
    const updatedIds = new Set<unknown>();
    return {
      ...receiver,
      receive: (delivery) => {
        const { type, data } = eventOfDelivery(delivery);
        if (type === 'dossier.updated' && updatedIds.has(data['id'])) return;
        if (type === 'dossier.updated') updatedIds.add(data['id']);
        receiver.receive(delivery);
      },
    };
  }),
});

/** Each one replaces a similar value: another letter case, cents, closed and open. */
const changes = [
  { company: 'Linde Retail' },
  { contact_person: 'Iris Maas' },
  { name: 'Tulp logistics' },
  { deal_size: 12_500.5 },
  { status: 'won' as const },
  { status: 'active' as const },
  { status: 'lost' as const },
  { status: 'won' as const },
];

const secondValues = defineRule({
  id: 'webhooks/second-values',
  level: 'MUST',
  verifies: ['LG-WEB-012'],
  sentence:
    'Reopening a dossier, or changing only the letter case or the cents of a field, sends `dossier.updated`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const deal = { deal_size: 12_500, deal_currency: 'EUR', contact_person: 'Mark Visser' };
    const draft = { type: 'sales' as const, name: 'Tulp Logistics', company: 'Tulp', ...deal };
    const { id } = await createDossier(org, draft);
    for (const [index, one] of changes.entries()) {
      await updateDossier(org, id, one);
      await expectEvents(inbox, 'dossier.updated', id, index + 1);
    }
    await inbox.settle();
    const before = eventsAbout(inbox, id, 'dossier.updated').length;
    // Whether a string can be cleared is a decision (LG-DOS-090).
    const emptied = await org.all.send('updateDossier', { path: { id }, body: { company: null } });
    if (emptied.response.status >= 400) return;
    context.expect.success(emptied);
    const { company } = await retrieveDossier(org, id);
    if (company === null) await expectEvents(inbox, 'dossier.updated', id, before + 1);
  },
  // A server that sends no event when a dossier is reopened.
  deliveryFault: dropEvents(
    ({ type, data }) =>
      type === 'dossier.updated' && data['status'] === 'active' && data['deal_size'] === 12_500.5,
  ),
});

const reassignment = defineRule({
  id: 'webhooks/reassignment',
  level: 'MUST',
  verifies: ['LG-WEB-012'],
  sentence: 'Assigning a dossier to each member, and unassigning it, sends `dossier.updated`.',
  needs: ['webhooks', 'fresh-organizations', 'more-members'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const members = [await org.createMember('Joris Smit'), await org.createMember('Iris Maas')];
    for (const type of dossierTypes(context.contract)) {
      const { id } = await createDossier(org, { type, name: 'Reassigned' });
      const turns = [...members, ...members, null, ...members];
      for (const [index, assigned_to] of turns.entries()) {
        await updateDossier(org, id, { assigned_to });
        await expectEvents(inbox, 'dossier.updated', id, index + 1);
      }
    }
  },
  // A server that sends no event for unassigning.
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'dossier.updated' && data['assigned_to'] === null,
  ),
});

const upload = defineRule({
  id: 'webhooks/upload',
  level: 'MUST',
  verifies: ['LG-WEB-014'],
  sentence:
    'Uploading a CV, the first or another, as a form or as raw bytes, sends `dossier.updated`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    for (const upload of uploadFormats) {
      for (const { id } of await createDossiers(org, plainDossiers(1))) {
        await upload.succeed(context, org, id, aCv());
        await expectEvents(inbox, 'dossier.updated', id, 1);
        await upload.succeed(context, org, id, aCv(pdf(2_000)));
        await expectEvents(inbox, 'dossier.updated', id, 2);
      }
    }
  },
  // A server that sends no event for another CV.
  deliveryFault: onReceiver((receiver) => {
    const updated = new Set<unknown>();
    return {
      ...receiver,
      receive: (delivery) => {
        const { type, data } = eventOfDelivery(delivery);
        if (type === 'dossier.updated' && updated.has(data['id'])) return;
        if (type === 'dossier.updated') updated.add(data['id']);
        receiver.receive(delivery);
      },
    };
  }),
});

/** A server that counts the updates in the notes. */
const countChanges: Fault = (fetch, name) => {
  let count = 0;
  return async (request) => {
    if (name(request.method, request.url) !== 'updateDossier') return fetch(request);
    count += 1;
    const body = (await request.json()) as object;
    const counted = JSON.stringify({ ...body, intake_notes: `Change ${String(count)}` });
    return fetch(new Request(request.url, { ...partsOf(request), body: counted }));
  };
};

const partsOf = ({ method, headers }: Request) => ({ method, headers: new Headers(headers) });

const unchanged = defineRule({
  id: 'webhooks/unchanged',
  level: 'SHOULD',
  verifies: ['LG-WEB-030'],
  sentence: 'An update that sets fields to the values that they already have sends nothing.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const kept = { name: 'Noor Bakker', company: 'Tulp Logistics', deal_size: 0.5 };
    const draft = { type: 'sales', deal_currency: 'EUR', ...kept } as const;
    const { id, current_stage_id } = await createDossier(org, draft);
    for (const same of [kept, { current_stage_id }, { status: 'active' } as const, {}]) {
      await updateDossier(org, id, same);
    }
    // Positive control: an update that changes something.
    await updateDossier(org, id, { ...kept, name: 'Iris Smit', current_stage_id });
    await expectEvents(inbox, 'dossier.updated', id, 1);
    await waitForPendingEvents(org, inbox);
    await expectOnlyEvents(inbox, id, ['dossier.created', 'dossier.updated']);
  },
  fault: countChanges,
});

const closedDossiers = defineRule({
  id: 'webhooks/closed-dossiers',
  level: 'MUST',
  verifies: ['LG-WEB-014', 'LG-WEB-015', 'LG-WEB-018', 'LG-WEB-019'],
  sentence: 'Requests for a won or lost dossier, including its archiving, send their events.',
  needs: ['webhooks'],
  check: async (context) => {
    const { about } = context;
    const { org, inbox } = await listenForEvents(context);
    for (const status of ['won', 'lost'] as const) {
      for (const { id, others } of await createMovableDossiers(org, `Before it is ${status}`)) {
        const path = { id };
        const count = (type: Parameters<typeof eventsAbout>[2]) =>
          eventsAbout(inbox, id, type).length;
        /** What may be refused must send its event if it is accepted. */
        const move = async () => {
          await waitForPendingEvents(org, inbox);
          const before = count('dossier.stage_changed');
          const { current_stage_id: stage } = await retrieveDossier(org, id);
          const target = others.find((one) => one !== stage) ?? others[0];
          const moved = await org.all.send('updateDossier', {
            path,
            body: { current_stage_id: target },
          });
          if (moved.response.status >= 400) return;
          context.expect.success(moved);
          const { current_stage_id: now } = await retrieveDossier(org, id);
          about('LG-WEB-015');
          if (now !== stage) await expectEvents(inbox, 'dossier.stage_changed', id, before + 1);
        };
        await updateDossier(org, id, { status });
        await move();
        await updateDossier(org, id, { status });
        await waitForPendingEvents(org, inbox);
        const updated = count('dossier.updated');
        const { response } = await uploadForm.send(org, id, aCv());
        // A closed dossier may refuse it.
        about('LG-WEB-014');
        if (response.status < 300) await expectEvents(inbox, 'dossier.updated', id, updated + 1);
        about('LG-WEB-018');
        for (let deleted = 1; deleted <= 2; deleted += 1) {
          await archiveDossier(org, id);
          await expectEvents(inbox, 'dossier.deleted', id, deleted);
          await updateDossier(org, id, { status });
        }
        about('LG-WEB-019');
        await updateDossier(org, id, {
          name: `Archived when ${status}`,
          status: 'archived',
        });
        await expectEvents(inbox, 'dossier.deleted', id, 3);
        await updateDossier(org, id, { status });
        await updateDossier(org, id, { status: 'archived' });
        await expectEvents(inbox, 'dossier.deleted', id, 4);
      }
    }
  },
  // A server that sends no dossier.deleted if other fields change too.
  deliveryFault: dropEvents(
    ({ type, data }) =>
      type === 'dossier.deleted' && String(data['name']).startsWith('Archived when'),
  ),
});

const archivedDossier = defineRule({
  id: 'webhooks/archived-dossier',
  level: 'MUST',
  verifies: ['LG-WEB-012', 'LG-WEB-023'],
  sentence: 'Requests for an archived dossier send the same events as for any other.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id } = await createDossier(org, { type: 'candidate', name: 'Before it is archived' });
    await archiveDossier(org, id);
    await waitForPendingEvents(org, inbox);
    const before = eventsAbout(inbox, id, 'dossier.updated').length;
    const path = { id };
    context.about('LG-WEB-012');
    // Whether either of them is accepted is a decision (LG-DOS-100, LG-DOS-101).
    const change = { path, body: { name: 'Renamed while archived' } };
    const changed = await org.all.send('updateDossier', change);
    if (context.acceptances.of('updateDossier', changed.response.status)?.success) {
      const { name } = await retrieveDossier(org, id);
      if (name === change.body.name) await expectEvents(inbox, 'dossier.updated', id, before + 1);
    }
    context.about('LG-WEB-023');
    const note = { path, body: { content: 'Added while archived' } };
    const noted = await org.all.send('createDossierNote', note);
    if (context.acceptances.of('createDossierNote', noted.response.status)?.success) {
      await expectEvent(inbox, 'note.created', (dataOf(noted.json) as Note).id);
    }
  },
  // A server that sends no events for archived dossiers.
  deliveryFault: onReceiver((receiver) => {
    const gone = new Set<unknown>();
    return {
      ...receiver,
      receive: (delivery) => {
        const { type, data } = eventOfDelivery(delivery);
        if (!gone.has(data['id']) && !gone.has(data['dossier_id'])) receiver.receive(delivery);
        if (type === 'dossier.deleted') gone.add(data['id']);
      },
    };
  }),
});

export default [
  changedField,
  oneUpdate,
  everyChange,
  secondValues,
  reassignment,
  upload,
  unchanged,
  closedDossiers,
  archivedDossier,
] satisfies readonly Rule[];
