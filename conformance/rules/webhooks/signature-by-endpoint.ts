import { spread } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, isAbout } from '../../world/events.ts';
import { expectSigned } from '../../world/signed.ts';

export default defineRule({
  id: 'webhooks/signature-by-endpoint',
  level: 'MUST',
  verifies: ['LG-SIG-004'],
  sentence: 'What an endpoint gets is signed with its own secret, also where it is the second one.',
  needs: ['webhooks', 'own-endpoints'],
  check: async (world) => {
    const home = await world.organization();
    const [first, second] = [await home.inbox(), await home.inbox()];
    const { id } = await home.createDossier({ type: 'candidate', name: 'Told to two' });
    // Whether the second is in place of the first is a matter of decisions.
    await expectEvent(second, 'dossier.created', id);
    await second.settle();
    for (const inbox of [first, second]) {
      for (const delivery of inbox.deliveries().filter(isAbout('dossier.created', id))) {
        inbox.show(delivery);
        expectSigned(world, delivery, inbox.secret);
      }
    }
  },
  // A server that signs for all endpoints at once.
  deliveryLiar: spread((from) => from === 0),
});
