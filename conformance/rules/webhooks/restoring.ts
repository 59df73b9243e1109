import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { archive, liveStatuses } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { eventsAbout, expectEvent, expectEvents, letPass, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/restoring',
  level: 'MUST',
  verifies: ['LG-WEB-022'],
  sentence: 'Restoring a dossier to any status, archived in either way, sends dossier.updated.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const statuses = liveStatuses(world.contract);
    // At once, since a creation that is repeated may answer the first dossier (LG-DOS-032).
    const all = await home.createDossiers(plainDossiers(2 * statuses.length));
    const [deleted, changed] = [all.slice(0, statuses.length), all.slice(statuses.length)];
    for (const { id } of deleted) await archive(world, home, id);
    for (const { id } of changed) await change(world, home, id, { status: 'archived' });
    for (const { id } of all) await expectEvent(inbox, 'dossier.deleted', id);
    // Whether a deletion is a change as well is a matter of decisions.
    await letPass(home, inbox);
    for (const dossiers of [deleted, changed]) {
      for (const [index, { id }] of dossiers.entries()) {
        const before = eventsAbout(inbox, id, 'dossier.updated').length;
        await change(world, home, id, { status: statuses[index] ?? 'active' });
        await expectEvents(inbox, 'dossier.updated', id, before + 1);
      }
    }
  },
  // A server that keeps quiet about what comes back as lost.
  deliveryLiar: forget(({ type, data }) => type === 'dossier.updated' && data['status'] === 'lost'),
});
