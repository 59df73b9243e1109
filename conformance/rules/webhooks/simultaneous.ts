import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { change } from '../../world/changes.ts';
import { eventsAbout, expectEvent, letPass, listen } from '../../world/events.ts';

export default defineRule({
  id: 'webhooks/simultaneous',
  level: 'MUST',
  verifies: ['LG-WEB-010', 'LG-WEB-012'],
  sentence: 'Of creations and changes that are made at the same time none loses its event.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const drafts = plainDossiers(8);
    const created = await Promise.all(drafts.map((draft) => home.createDossier(draft)));
    await Promise.all(
      created.map(({ id }, index) => change(world, home, id, { name: `Changed ${String(index)}` })),
    );
    for (const { id } of created) {
      await expectEvent(inbox, 'dossier.created', id);
      await expectEvent(inbox, 'dossier.updated', id);
    }
    await letPass(home, inbox);
    for (const { id } of created) {
      const [, ...more] = eventsAbout(inbox, id, 'dossier.created');
      await expectNone(world, inbox, more, `one dossier.created about ${id}`);
    }
  },
  // A server whose queue holds a handful.
  deliveryLiar: forget(
    ({ type, data }) => type === 'dossier.updated' && data['name'] === 'Changed 5',
  ),
});
