import fc from 'fast-check';
import { aFullDossier, someChanges } from '../../arbitraries/changes.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { archive, expectListedUnder } from '../../world/archive.ts';
import { changeAndSee } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { flowAround } from '../../world/dossier-flow.ts';

const anArchivedDossier = () =>
  aFullDossier().chain((draft) => fc.tuple(fc.constant(draft), someChanges(draft.type)));

export default defineRule({
  id: 'archiving/changed',
  level: 'SHOULD',
  verifies: ['LG-DOS-100'],
  sentence: 'An archived dossier can be changed, and stays archived as long as its status does.',
  needs: [],
  check: (world) =>
    world.property(
      [anArchivedDossier()],
      async ([draft, { status: _, ...others }]) => {
        const home = await world.organization();
        const dossier = await home.createDossier(await withUnusedEmail(world, home, draft));
        const { id } = dossier;
        const { stages } = await flowAround(home, dossier);
        const current_stage_id = stages.at(-1)?.id ?? dossier.current_stage_id;
        await archive(world, home, id);
        const changes = {
          name: 'Renamed in the archive',
          ...(await withUnusedEmail(world, home, others)),
        };
        for (const one of [changes, { current_stage_id }, { status: 'archived' as const }]) {
          expectChanged(await changeAndSee(world, home, id, one), one);
          await expectListedUnder(world, home, id, 'archived');
        }
      },
      3,
    ),
  // A server to which a dossier that is worked on is active.
  liar: onSent(['updateDossier'], (body) => ({ status: 'active', ...body })),
});
