import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { expectEvent, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/deletion-updates',
  level: 'SHOULD',
  verifies: ['LG-WEB-031'],
  sentence: 'Deleting a dossier sends dossier.updated too.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    for (const { id } of await home.createDossiers(plainDossiers(2))) {
      await archive(world, home, id);
      await expectEvent(inbox, 'dossier.updated', id);
    }
  },
  // A server that sends the special event instead of the general one.
  deliveryLiar: forget(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'archived',
  ),
});
