import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { findListed, isListed } from '../../world/dossier-list.ts';
import { dossierStatuses, dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Dossier } from '../../world/organization.ts';

type Status = NonNullable<Dossier['status']>;

/** From each status to each other one, beginning with a new dossier's. */
const tour = (statuses: readonly Status[]): Status[] =>
  statuses.flatMap((from) => statuses.filter((to) => to !== from).flatMap((to) => [from, to]));

export default defineRule({
  id: 'changes/statuses',
  level: 'MUST',
  verifies: ['LG-DOS-078', 'LG-DOS-008'],
  sentence:
    'A dossier takes each status from each other, and is listed under that, no longer the old.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const statuses = dossierStatuses(world.contract) as readonly Status[];
    for (const type of dossierTypes(world.contract)) {
      const { id } = await home.createDossier({ type, name: 'About to change its status' });
      let last: Status = 'active';
      for (const status of tour(statuses)) {
        // Whether a dossier may be given the status that it has is a matter of decisions.
        if (status === last) continue;
        const answered = await change(world, home, id, { status });
        expectEqual(answered.status, status, 'the status in the answer to the change');
        const { status: listed } = await findListed(world, home, id, { status });
        expectEqual(listed ?? status, status, 'the status in the list');
        const stays = await isListed(world, home, id, { status: last });
        expectEqual(stays, false, `whether it is still listed as ${last}:`);
        last = status;
      }
    }
  },
  // A server whose index of statuses lacks one.
  liar: onPage(['listDossiers'], (page, url) => {
    if (url.searchParams.get('status') === 'won') page.data.splice(0);
  }),
});
