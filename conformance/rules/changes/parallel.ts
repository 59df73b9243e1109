import { aFullDossier } from '../../arbitraries/changes.ts';
import { readModifyWrite } from '../../liars/careless-changes.ts';
import { defineRule } from '../../rule.ts';
import { allAtOnce } from '../../world/at-once.ts';
import { expectChanged } from '../../world/aftermath.ts';
import { view } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';

/** One field each, whose list and dossier must show them. */
const changesOf = (mark: string) => ({
  ...{ name: `Named ${mark}`, company: `Company ${mark}`, contact_person: `Person ${mark}` },
  ...{ deal_size: Number(mark) * 1_000.5, deal_currency: Number(mark) % 2 === 0 ? 'USD' : 'GBP' },
});

export default defineRule({
  id: 'changes/parallel',
  level: 'MUST',
  verifies: ['LG-DOS-067', 'LG-DOS-068'],
  sentence: 'Of changes of different fields at the same time, none undoes another.',
  needs: [],
  check: (world) =>
    world.property(
      [aFullDossier()],
      async (draft) => {
        const home = await world.organization();
        const { id } = await home.createDossier({
          ...(await withUnusedEmail(world, home, draft)),
          type: 'sales',
        });
        for (const mark of ['1', '2', '3']) {
          const changes = changesOf(mark);
          const sends = Object.entries(changes).map(
            ([name, value]) =>
              () =>
                home.all.send('updateDossier', { path: { id }, body: { [name]: value } }),
          );
          await allAtOnce(world, sends);
          const seen = await view(world, home, id);
          expectChanged({ answered: { id }, ...seen }, changes);
        }
      },
      3,
    ),
  liar: readModifyWrite('updateDossier', [
    'name',
    'company',
    'contact_person',
    'deal_size',
    'deal_currency',
  ]),
});
