import { expectNoEvents } from '../../assertions/deliveries.ts';
import {
  eventsAbout,
  expectEvent,
  expectEvents,
  expectOnlyEvents,
  listenForEvents,
  waitForPendingEvents,
} from '../../assertions/events.ts';
import { makeFieldChanges, planFieldChanges } from '../../assertions/fields.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { liveStatuses } from '../../contract/resources.ts';
import { dropEvents, sendExtraEvent } from '../../faults/deliveries.ts';
import type { Fault } from '../../faults/inject.ts';
import { archiveDossier, changeDossier } from '../../fixtures/dossiers.ts';
import { plainDossiers } from '../../generators/dossiers.ts';

const deletion = defineRule({
  id: 'webhooks/deletion',
  level: 'MUST',
  verifies: ['LG-WEB-018'],
  sentence: 'Deleting a dossier sends dossier.deleted.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    for (const { id } of await home.createDossiers(plainDossiers(2))) {
      await archiveDossier(world, home, id);
      await expectEvent(inbox, 'dossier.deleted', id);
    }
  },
  // A server to which archiving is a change like any other.
  deliveryLiar: dropEvents(({ type }) => type === 'dossier.deleted'),
});

const deletionUpdates = defineRule({
  id: 'webhooks/deletion-updates',
  level: 'SHOULD',
  verifies: ['LG-WEB-031'],
  sentence: 'Deleting a dossier sends dossier.updated too.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    for (const { id } of await home.createDossiers(plainDossiers(2))) {
      await archiveDossier(world, home, id);
      await expectEvent(inbox, 'dossier.updated', id);
    }
  },
  // A server that sends the special event instead of the general one.
  deliveryLiar: dropEvents(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'archived',
  ),
});

const archivedByStatus = defineRule({
  id: 'webhooks/archived-by-status',
  level: 'MUST',
  verifies: ['LG-WEB-019'],
  sentence: 'Changing the status of a dossier to archived sends dossier.deleted.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    for (const status of liveStatuses(world.contract)) {
      for (const { id } of await home.createDossiers(plainDossiers(1))) {
        // Whether a dossier may be given the status that it has is a matter of decisions.
        if (status !== 'active') await changeDossier(world, home, id, { status });
        await changeDossier(world, home, id, { status: 'archived' });
        await expectEvents(inbox, 'dossier.deleted', id, 1);
        // Once more, when it was brought back.
        await changeDossier(world, home, id, { status });
        await changeDossier(world, home, id, { status: 'archived' });
        await expectEvents(inbox, 'dossier.deleted', id, 2);
      }
    }
  },
  // A server that sends it for DELETE only.
  deliveryLiar: dropEvents(({ type }) => type === 'dossier.deleted'),
});

const archivingUpdates = defineRule({
  id: 'webhooks/archiving-updates',
  level: 'MUST',
  verifies: ['LG-WEB-020'],
  sentence: 'Changing the status of a dossier to archived sends dossier.updated as well.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    for (const { id } of await home.createDossiers(plainDossiers(2))) {
      await changeDossier(world, home, id, { status: 'archived' });
      await expectEvent(inbox, 'dossier.updated', id);
      await expectEvent(inbox, 'dossier.deleted', id);
    }
  },
  // A server that sends the special event instead of the general one.
  deliveryLiar: dropEvents(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'archived',
  ),
});

/** Restores a dossier for a moment, to archive it once more. */
const archiveAnew: Fault = (fetch, name) => async (request) => {
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
  sentence: 'Archiving a dossier that is archived already, in either way, sends nothing.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'About to be archived' });
    await archiveDossier(world, home, id);
    await archiveDossier(world, home, id);
    await changeDossier(world, home, id, { status: 'archived' });
    await expectEvent(inbox, 'dossier.deleted', id);
    await waitForPendingEvents(home, inbox);
    await expectOnlyEvents(inbox, id, ['dossier.created', 'dossier.updated', 'dossier.deleted']);
  },
  liar: archiveAnew,
});

const notArchived = defineRule({
  id: 'webhooks/not-archived',
  level: 'MUST',
  verifies: ['LG-WEB-021'],
  sentence:
    'Changes that leave a dossier unarchived, its restoration too, send no dossier.deleted.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const plans = await planFieldChanges(world, home);
    const changed = await makeFieldChanges(world, home, plans);
    const lost = await home.createDossier({ type: 'sales', name: 'About to be lost' });
    await changeDossier(world, home, lost.id, { status: 'lost' });
    const { id } = await home.createDossier({ type: 'sales', name: 'About to be restored' });
    await changeDossier(world, home, id, { status: 'archived' });
    await expectEvent(inbox, 'dossier.deleted', id);
    await inbox.settle();
    const before = eventsAbout(inbox, id, 'dossier.deleted');
    await changeDossier(world, home, id, { status: 'active' });
    await waitForPendingEvents(home, inbox);
    const ofLiving = [...changed, lost].flatMap((one) =>
      eventsAbout(inbox, one.id, 'dossier.deleted'),
    );
    await expectNoEvents(world, inbox, ofLiving, 'no dossier.deleted of a dossier that lives');
    const after = eventsAbout(inbox, id, 'dossier.deleted').slice(before.length);
    await expectNoEvents(world, inbox, after, 'no dossier.deleted of a dossier that is restored');
  },
  // A server to which a dossier that is lost is gone.
  deliveryLiar: sendExtraEvent(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'lost',
    () => 'dossier.deleted',
  ),
});

const changedInArchive = defineRule({
  id: 'webhooks/changed-in-archive',
  level: 'MUST',
  verifies: ['LG-WEB-021'],
  sentence: 'A change of another field of an archived dossier sends no dossier.deleted.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'About to be archived' });
    await archiveDossier(world, home, id);
    await expectEvent(inbox, 'dossier.deleted', id);
    await inbox.settle();
    const before = eventsAbout(inbox, id, 'dossier.deleted').length;
    // Whether it is taken is a matter of decisions (LG-DOS-100).
    await home.all.send('updateDossier', {
      path: { id },
      body: { name: 'Renamed in the archive' },
    });
    await waitForPendingEvents(home, inbox);
    const after = eventsAbout(inbox, id, 'dossier.deleted').slice(before);
    await expectNoEvents(
      world,
      inbox,
      after,
      'no dossier.deleted of a dossier that was archived before',
    );
  },
  // A server that looks at how a dossier is, and not at what has changed.
  deliveryLiar: sendExtraEvent(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'archived',
    () => 'dossier.deleted',
  ),
});

const restoring = defineRule({
  id: 'webhooks/restoring',
  level: 'MUST',
  verifies: ['LG-WEB-022'],
  sentence: 'Restoring a dossier to any status, archived in either way, sends dossier.updated.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const statuses = liveStatuses(world.contract);
    // At once, since a creation that is repeated may answer the first dossier (LG-DOS-032).
    const all = await home.createDossiers(plainDossiers(2 * statuses.length));
    const [deleted, changed] = [all.slice(0, statuses.length), all.slice(statuses.length)];
    for (const { id } of deleted) await archiveDossier(world, home, id);
    for (const { id } of changed) await changeDossier(world, home, id, { status: 'archived' });
    for (const { id } of all) await expectEvent(inbox, 'dossier.deleted', id);
    // Whether a deletion is a change as well is a matter of decisions.
    await waitForPendingEvents(home, inbox);
    for (const dossiers of [deleted, changed]) {
      for (const [index, { id }] of dossiers.entries()) {
        const before = eventsAbout(inbox, id, 'dossier.updated').length;
        await changeDossier(world, home, id, { status: statuses[index] ?? 'active' });
        await expectEvents(inbox, 'dossier.updated', id, before + 1);
      }
    }
  },
  // A server that keeps quiet about what comes back as lost.
  deliveryLiar: dropEvents(
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
