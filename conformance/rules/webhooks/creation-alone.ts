import { sendBeside } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { createEveryWay } from '../../world/creations.ts';
import { expectOnly, letPass, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/creation-alone',
  level: 'SHOULD',
  verifies: ['LG-WEB-028'],
  sentence: 'Creating a dossier, with a CV or without, sends dossier.created alone.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const created = await createEveryWay(world, home, inbox);
    await letPass(home, inbox);
    for (const { id } of created) await expectOnly(inbox, id, ['dossier.created']);
  },
  // A server that stores the CV when the dossier is there already.
  deliveryLiar: sendBeside(
    ({ type, data }) => type === 'dossier.created' && typeof data['cv_url'] === 'string',
    () => 'dossier.updated',
  ),
});
