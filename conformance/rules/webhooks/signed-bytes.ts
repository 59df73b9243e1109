import { aText, awkwardTexts } from '../../arbitraries/text.ts';
import { eventOf, onDelivery } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { addNote } from '../../world/notes.ts';
import { expectSigned } from '../../world/signed.ts';

export default defineRule({
  id: 'webhooks/signed-bytes',
  level: 'MUST',
  verifies: ['LG-SIG-006'],
  sentence: 'The body is signed byte for byte as it is sent, whatever script its texts are in.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const see = async (text: string) => {
      const deal = { deal_size: 0.1, deal_currency: 'EUR' };
      const { id } = await home.createDossier({ type: 'sales', name: text, ...deal });
      await change(world, home, id, { company: text, intake_notes: `${text}\n"${text}"` });
      const note = await addNote(world, home, id, { content: text });
      for (const delivery of [
        await expectEvent(inbox, 'dossier.created', id),
        await expectEvent(inbox, 'dossier.updated', id),
        await expectEvent(inbox, 'note.created', note.id),
      ]) {
        expectSigned(world, delivery, inbox.secret);
      }
    };
    // One by one: no text is so long that a target may refuse it (LG-GEN-042).
    for (const text of awkwardTexts) await see(text);
    await world.property([aText()], see, 8);
  },
  // A server that signs an event before its letters outside ASCII are escaped.
  deliveryLiar: onDelivery((delivery) => {
    const text = JSON.stringify(eventOf(delivery));
    const escaped = text.replaceAll(/[\u0080-\uffff]/g, (letter) => {
      const code = letter.charCodeAt(0).toString(16);
      return `\\u${code.padStart(4, '0')}`;
    });
    return [{ ...delivery, body: new TextEncoder().encode(escaped) }];
  }),
});
