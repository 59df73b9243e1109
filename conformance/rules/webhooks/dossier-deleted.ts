import { expectNoEvents } from '../../assertions/deliveries.ts';
import {
  eventsAbout,
  expectEvent,
  expectEvents,
  expectOnlyEvents,
  listenForEvents,
  waitForPendingEvents,
} from '../../assertions/events.ts';
import { makeFieldUpdates, planFieldUpdates } from '../../assertions/fields.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { liveStatuses } from '../../contract/resources.ts';
import { dropEvents, sendExtraEvent } from '../../faults/deliveries.ts';
import type { Fault } from '../../faults/inject.ts';
import {
  archiveDossier,
  createDossier,
  createDossiers,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const deletion = defineRule({
  id: 'webhooks/deletion',
  level: 'MUST',
  verifies: ['LG-WEB-018'],
  sentence: 'Deleting a dossier sends `dossier.deleted`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    for (const { id } of await createDossiers(org, plainDossiers(2))) {
      await archiveDossier(org, id);
      await expectEvent(inbox, 'dossier.deleted', id);
    }
  },
  // A server that treats archiving as an update only.
  deliveryFault: dropEvents(({ type }) => type === 'dossier.deleted'),
});

const deletionUpdates = defineRule({
  id: 'webhooks/deletion-updates',
  level: 'SHOULD',
  verifies: ['LG-WEB-031'],
  sentence: 'Deleting a dossier also sends `dossier.updated`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    for (const { id } of await createDossiers(org, plainDossiers(2))) {
      await archiveDossier(org, id);
      await expectEvent(inbox, 'dossier.updated', id);
    }
  },
  // A server that sends only the special event.
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'archived',
  ),
});

const archivedByStatus = defineRule({
  id: 'webhooks/archived-by-status',
  level: 'MUST',
  verifies: ['LG-WEB-019'],
  sentence: 'Updating the status of a dossier to `archived` sends `dossier.deleted`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    for (const status of liveStatuses(context.contract)) {
      for (const { id } of await createDossiers(org, plainDossiers(1))) {
        // Whether a dossier may be updated to its own status is a decision.
        if (status !== 'active') await updateDossier(org, id, { status });
        await updateDossier(org, id, { status: 'archived' });
        await expectEvents(inbox, 'dossier.deleted', id, 1);
        // Once more, after it was restored.
        await updateDossier(org, id, { status });
        await updateDossier(org, id, { status: 'archived' });
        await expectEvents(inbox, 'dossier.deleted', id, 2);
      }
    }
  },
  // A server that sends it only for DELETE.
  deliveryFault: dropEvents(({ type }) => type === 'dossier.deleted'),
});

const archivingUpdates = defineRule({
  id: 'webhooks/archiving-updates',
  level: 'MUST',
  verifies: ['LG-WEB-020'],
  sentence: 'Updating the status of a dossier to `archived` also sends `dossier.updated`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    for (const { id } of await createDossiers(org, plainDossiers(2))) {
      await updateDossier(org, id, { status: 'archived' });
      await expectEvent(inbox, 'dossier.updated', id);
      await expectEvent(inbox, 'dossier.deleted', id);
    }
  },
  // A server that sends only the special event.
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'archived',
  ),
});

/** A server that restores and archives an archived dossier again. */
const archiveAgain: Fault = (fetch, name) => async (request) => {
  if (name(request.method, request.url) === 'archiveDossier') {
    const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' };
    const body = JSON.stringify({ status: 'active' });
    await fetch(new Request(request.url, { method: 'PATCH', headers, body }));
  }
  return fetch(request);
};

const archivedAlready = defineRule({
  id: 'webhooks/archived-already',
  level: 'SHOULD',
  verifies: ['LG-WEB-032'],
  sentence: 'Archiving an archived dossier sends nothing, by deletion or by update.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id } = await createDossier(org, { type: 'candidate', name: 'Before it is archived' });
    await archiveDossier(org, id);
    await archiveDossier(org, id);
    await updateDossier(org, id, { status: 'archived' });
    await expectEvent(inbox, 'dossier.deleted', id);
    await waitForPendingEvents(org, inbox);
    await expectOnlyEvents(inbox, id, ['dossier.created', 'dossier.updated', 'dossier.deleted']);
  },
  fault: archiveAgain,
});

const notArchived = defineRule({
  id: 'webhooks/not-archived',
  level: 'MUST',
  verifies: ['LG-WEB-021'],
  sentence: "Updates that don't set the status to `archived` send no `dossier.deleted`.",
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const plans = await planFieldUpdates(org);
    const changed = await makeFieldUpdates(org, plans);
    const lost = await createDossier(org, { type: 'sales', name: 'Before it is lost' });
    await updateDossier(org, lost.id, { status: 'lost' });
    const { id } = await createDossier(org, { type: 'sales', name: 'Before it is restored' });
    await updateDossier(org, id, { status: 'archived' });
    await expectEvent(inbox, 'dossier.deleted', id);
    await inbox.settle();
    const before = eventsAbout(inbox, id, 'dossier.deleted');
    await updateDossier(org, id, { status: 'active' });
    await waitForPendingEvents(org, inbox);
    const ofLiving = [...changed, lost].flatMap((one) =>
      eventsAbout(inbox, one.id, 'dossier.deleted'),
    );
    await expectNoEvents(
      context,
      inbox,
      ofLiving,
      "no dossier.deleted of a dossier that isn't archived",
    );
    const after = eventsAbout(inbox, id, 'dossier.deleted').slice(before.length);
    await expectNoEvents(context, inbox, after, 'no dossier.deleted of a dossier that is restored');
  },
  // A server that treats a lost dossier as deleted.
  deliveryFault: sendExtraEvent(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'lost',
    () => 'dossier.deleted',
  ),
});

const changedInArchive = defineRule({
  id: 'webhooks/changed-in-archive',
  level: 'MUST',
  verifies: ['LG-WEB-021'],
  sentence: 'Updating another field of an archived dossier sends no `dossier.deleted`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id } = await createDossier(org, { type: 'candidate', name: 'Before it is archived' });
    await archiveDossier(org, id);
    await expectEvent(inbox, 'dossier.deleted', id);
    await inbox.settle();
    const before = eventsAbout(inbox, id, 'dossier.deleted').length;
    // Whether it is accepted is a decision (LG-DOS-100).
    await org.all.send('updateDossier', {
      path: { id },
      body: { name: 'Renamed while archived' },
    });
    await waitForPendingEvents(org, inbox);
    const after = eventsAbout(inbox, id, 'dossier.deleted').slice(before);
    await expectNoEvents(
      context,
      inbox,
      after,
      'no dossier.deleted of a dossier that was already archived',
    );
  },
  // A server that sends the event for every update of an archived dossier.
  deliveryFault: sendExtraEvent(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'archived',
    () => 'dossier.deleted',
  ),
});

const restoring = defineRule({
  id: 'webhooks/restoring',
  level: 'MUST',
  verifies: ['LG-WEB-022'],
  sentence: 'Restoring a dossier to any status sends `dossier.updated`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const statuses = liveStatuses(context.contract);
    // Simultaneously, since a repeated creation may return the first dossier (LG-DOS-032).
    const all = await createDossiers(org, plainDossiers(2 * statuses.length));
    const [deleted, changed] = [all.slice(0, statuses.length), all.slice(statuses.length)];
    for (const { id } of deleted) await archiveDossier(org, id);
    for (const { id } of changed) await updateDossier(org, id, { status: 'archived' });
    for (const { id } of all) await expectEvent(inbox, 'dossier.deleted', id);
    // Whether a deletion also counts as an update is a decision.
    await waitForPendingEvents(org, inbox);
    for (const dossiers of [deleted, changed]) {
      for (const [index, { id }] of dossiers.entries()) {
        const before = eventsAbout(inbox, id, 'dossier.updated').length;
        await updateDossier(org, id, { status: statuses[index] ?? 'active' });
        await expectEvents(inbox, 'dossier.updated', id, before + 1);
      }
    }
  },
  // A server that sends no event for a dossier restored as lost.
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'lost',
  ),
});

export default [
  deletion,
  deletionUpdates,
  archivedByStatus,
  archivingUpdates,
  archivedAlready,
  notArchived,
  changedInArchive,
  restoring,
] satisfies readonly Rule[];
