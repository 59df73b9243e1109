import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEvents, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/reassignment',
  level: 'MUST',
  verifies: ['LG-WEB-012'],
  sentence: 'Each member that a dossier is handed to sends dossier.updated, and so does nobody.',
  needs: ['webhooks', 'fresh-organizations', 'more-members'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const members = [await home.createMember('Joris Smit'), await home.createMember('Iris Maas')];
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'Handed around' });
      const turns = [...members, ...members, null, ...members];
      for (const [index, assigned_to] of turns.entries()) {
        await change(world, home, id, { assigned_to });
        await expectEvents(inbox, 'dossier.updated', id, index + 1);
      }
    }
  },
  // A server that tells of those that are assigned to nobody.
  deliveryLiar: forget(
    ({ type, data }) => type === 'dossier.updated' && data['assigned_to'] === null,
  ),
});
