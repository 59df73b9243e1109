import { aText } from '../../arbitraries/text.ts';
import { onHeader } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { addNote } from '../../world/notes.ts';
import { expectSigned } from '../../world/signed.ts';
import { receiveEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/signature',
  level: 'MUST',
  verifies: ['LG-SIG-003', 'LG-SIG-004'],
  sentence: 'The signature is made of its timestamp and the body, with the secret of the endpoint.',
  needs: ['webhooks'],
  check: async (world) => {
    const every = await receiveEvery(world);
    for (const delivery of every.deliveries) expectSigned(world, delivery, every.inbox.secret);
    const { home, inbox } = await listen(world);
    await world.property([aText(), aText()], async (name, content) => {
      const { id } = await home.createDossier({ type: 'candidate', name });
      expectSigned(world, await expectEvent(inbox, 'dossier.created', id), inbox.secret);
      const note = await addNote(world, home, id, { content });
      expectSigned(world, await expectEvent(inbox, 'note.created', note.id), inbox.secret);
    });
  },
  // A server that tells another moment than it has signed.
  deliveryLiar: onHeader('x-leadgrid-signature', (header) =>
    header.replace(/t=(\d+)/, (_, seconds) => `t=${String(Number(seconds) + 1)}`),
  ),
});
