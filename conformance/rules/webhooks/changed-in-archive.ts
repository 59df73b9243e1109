import { sendBeside } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { archive } from '../../world/archive.ts';
import { eventsAbout, expectEvent, letPass, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/changed-in-archive',
  level: 'MUST',
  verifies: ['LG-WEB-021'],
  sentence: 'A change of another field of an archived dossier sends no dossier.deleted.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'About to be archived' });
    await archive(world, home, id);
    await expectEvent(inbox, 'dossier.deleted', id);
    await inbox.settle();
    const before = eventsAbout(inbox, id, 'dossier.deleted').length;
    // Whether it is taken is a matter of decisions (LG-DOS-100).
    await home.all.send('updateDossier', {
      path: { id },
      body: { name: 'Renamed in the archive' },
    });
    await letPass(home, inbox);
    const after = eventsAbout(inbox, id, 'dossier.deleted').slice(before);
    await expectNone(
      world,
      inbox,
      after,
      'no dossier.deleted of a dossier that was archived before',
    );
  },
  // A server that looks at how a dossier is, and not at what has changed.
  deliveryLiar: sendBeside(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'archived',
    () => 'dossier.deleted',
  ),
});
