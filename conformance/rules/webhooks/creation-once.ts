import { sendBeside } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { archive } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { createEveryWay } from '../../world/creations.ts';
import { eventsAbout, letPass, listen } from '../../world/events.ts';
import { aCv } from '../../world/forms.ts';
import { addNote } from '../../world/notes.ts';
import { uploadForm } from '../../world/uploads.ts';

export default defineRule({
  id: 'webhooks/creation-once',
  level: 'MUST',
  verifies: ['LG-WEB-010'],
  sentence: 'Creating a dossier sends dossier.created once, and nothing later sends it again.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const created = await createEveryWay(world, home, inbox);
    // Nothing that happens to it later creates it again.
    for (const { id, type } of created) {
      // A CV for a sale is a matter of decisions.
      if (type === 'candidate') await uploadForm.succeed(world, home, id, aCv());
      await addNote(world, home, id, { content: 'Called.' });
      await archive(world, home, id);
      await change(world, home, id, { status: 'active' });
    }
    await letPass(home, inbox);
    for (const { id } of created) {
      const [, ...more] = eventsAbout(inbox, id, 'dossier.created');
      await expectNone(world, inbox, more, `one dossier.created about ${id}`);
    }
  },
  // A server that sends one when the dossier is made, and one when its CV is stored.
  deliveryLiar: sendBeside(
    ({ type, data }) => type === 'dossier.updated' && typeof data['cv_url'] === 'string',
    () => 'dossier.created',
  ),
});
