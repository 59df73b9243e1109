import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { liveStatuses } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { expectEvents, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/archived-by-status',
  level: 'MUST',
  verifies: ['LG-WEB-019'],
  sentence: 'Changing the status of a dossier to archived sends dossier.deleted.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    for (const status of liveStatuses(world.contract)) {
      for (const { id } of await home.createDossiers(plainDossiers(1))) {
        // Whether a dossier may be given the status that it has is a matter of decisions.
        if (status !== 'active') await change(world, home, id, { status });
        await change(world, home, id, { status: 'archived' });
        await expectEvents(inbox, 'dossier.deleted', id, 1);
        // Once more, when it was brought back.
        await change(world, home, id, { status });
        await change(world, home, id, { status: 'archived' });
        await expectEvents(inbox, 'dossier.deleted', id, 2);
      }
    }
  },
  // A server that sends it for DELETE only.
  deliveryLiar: forget(({ type }) => type === 'dossier.deleted'),
});
