import { spread } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent } from '../../world/events.ts';
import { expectThat } from '../../world/expectations.ts';
import { expectSigned, signatureOf } from '../../world/signed.ts';
import { flawOfSignature } from '../../world/signature.ts';

export default defineRule({
  id: 'webhooks/own-secrets',
  level: 'SHOULD',
  verifies: ['LG-SIG-011'],
  sentence: 'Each endpoint has a secret of its own, and its deliveries are signed with that alone.',
  needs: ['webhooks', 'own-endpoints'],
  check: async (world) => {
    const home = await world.organization();
    const [one, other] = [await home.inbox(), await home.inbox()];
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    for (const [inbox, stranger] of [
      [one, other],
      [other, one],
    ] as const) {
      const delivery = await expectEvent(inbox, 'dossier.created', id);
      const header = signatureOf(world, delivery);
      const flaw = flawOfSignature({ header, body: delivery.body, secret: stranger.secret });
      const expected = 'a signature that the secret of the other endpoint does not verify';
      expectThat(flaw !== undefined, expected, () => header ?? 'none');
      expectSigned(world, delivery, inbox.secret);
    }
  },
  // A server that signs for all endpoints at once.
  deliveryLiar: spread((from) => from === 0),
});
