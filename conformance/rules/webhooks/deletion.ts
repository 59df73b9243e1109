import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { expectEvent, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/deletion',
  level: 'MUST',
  verifies: ['LG-WEB-018'],
  sentence: 'Deleting a dossier sends dossier.deleted.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    for (const { id } of await home.createDossiers(plainDossiers(2))) {
      await archive(world, home, id);
      await expectEvent(inbox, 'dossier.deleted', id);
    }
  },
  // A server to which archiving is a change like any other.
  deliveryLiar: forget(({ type }) => type === 'dossier.deleted'),
});
