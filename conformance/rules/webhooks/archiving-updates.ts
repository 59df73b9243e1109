import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { expectEvent, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/archiving-updates',
  level: 'MUST',
  verifies: ['LG-WEB-020'],
  sentence: 'Changing the status of a dossier to archived sends dossier.updated as well.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    for (const { id } of await home.createDossiers(plainDossiers(2))) {
      await change(world, home, id, { status: 'archived' });
      await expectEvent(inbox, 'dossier.updated', id);
      await expectEvent(inbox, 'dossier.deleted', id);
    }
  },
  // A server that sends the special event instead of the general one.
  deliveryLiar: forget(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'archived',
  ),
});
