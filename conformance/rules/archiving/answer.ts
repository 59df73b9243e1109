import { aFullDossier } from '../../arbitraries/changes.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { archive, liveStatuses } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'archiving/answer',
  level: 'MUST',
  verifies: ['LG-DOS-094'],
  sentence: 'Deleting a dossier answers its id, and that it is archived.',
  needs: [],
  check: (world) =>
    world.property(
      [aFullDossier()],
      async (draft) => {
        for (const status of liveStatuses(world.contract)) {
          const home = await world.organization();
          const { id } = await home.createDossier(await withUnusedEmail(world, home, draft));
          await change(world, home, id, { status });
          const answered = await archive(world, home, id);
          expectEqual(answered.id, id, 'the id in the answer to the deletion');
          expectEqual(answered.status, 'archived', 'the status in the answer to the deletion');
        }
      },
      3,
    ),
  // A server that answers with the dossier as it found it.
  liar: onData(['archiveDossier'], (dossier) => {
    dossier['status'] = 'active';
  }),
});
