import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { eventsAbout, expectEvents, letPass, listen } from '../../world/events.ts';
import { aCv } from '../../world/forms.ts';
import { createMovables } from '../../world/moves.ts';
import { retrieve } from '../../world/sightings.ts';
import { uploadForm } from '../../world/uploads.ts';

export default defineRule({
  id: 'webhooks/closed-dossiers',
  level: 'MUST',
  verifies: ['LG-WEB-014', 'LG-WEB-015', 'LG-WEB-018', 'LG-WEB-019'],
  sentence:
    'What is done to a dossier that is won or lost, and each time it is archived, sends its events.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    for (const status of ['won', 'lost'] as const) {
      for (const { id, others } of await createMovables(home, `About to be ${status}`)) {
        const path = { id };
        const count = (type: Parameters<typeof eventsAbout>[2]) =>
          eventsAbout(inbox, id, type).length;
        /** What may be refused sends its event where it was done. */
        const move = async () => {
          await letPass(home, inbox);
          const before = count('dossier.stage_changed');
          const { current_stage_id: stage } = await retrieve(world, home, id);
          const target = others.find((one) => one !== stage) ?? others[0];
          const moved = await home.all.send('updateDossier', {
            path,
            body: { current_stage_id: target },
          });
          if (moved.response.status >= 400) return;
          world.expect.success(moved);
          const { current_stage_id: now } = await retrieve(world, home, id);
          if (now !== stage) await expectEvents(inbox, 'dossier.stage_changed', id, before + 1);
        };
        await change(world, home, id, { status });
        await move();
        await change(world, home, id, { status });
        await letPass(home, inbox);
        const updated = count('dossier.updated');
        const { response } = await uploadForm.send(home, id, aCv());
        // A closed dossier may refuse it.
        if (response.status < 300) await expectEvents(inbox, 'dossier.updated', id, updated + 1);
        for (let deleted = 1; deleted <= 2; deleted += 1) {
          await archive(world, home, id);
          await expectEvents(inbox, 'dossier.deleted', id, deleted);
          await change(world, home, id, { status });
        }
        await change(world, home, id, { name: `Archived when ${status}`, status: 'archived' });
        await expectEvents(inbox, 'dossier.deleted', id, 3);
        await change(world, home, id, { status });
        await change(world, home, id, { status: 'archived' });
        await expectEvents(inbox, 'dossier.deleted', id, 4);
      }
    }
  },
  // A server to which archiving is no news where other fields change with it.
  deliveryLiar: forget(
    ({ type, data }) =>
      type === 'dossier.deleted' && String(data['name']).startsWith('Archived when'),
  ),
});
