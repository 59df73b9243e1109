import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { archive, expectListedUnder, liveStatuses } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'archiving/restored',
  level: 'MUST',
  verifies: ['LG-DOS-098', 'LG-DOS-008'],
  sentence: 'Any other status restores an archived dossier, however it was archived and how often.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const [turn, type] of dossierTypes(world.contract).entries()) {
      const { id } = await home.createDossier({ type, name: 'To be restored' });
      const statuses = [...liveStatuses(world.contract), 'active' as const];
      for (const [index, status] of statuses.entries()) {
        // For each status in one way for one type, and in the other for the other.
        if ((index + turn) % 2 === 0) await archive(world, home, id);
        else await change(world, home, id, { status: 'archived' });
        await expectListedUnder(world, home, id, 'archived');
        const answered = await change(world, home, id, { status });
        expectEqual(answered.status, status, 'the status in the answer');
        await expectListedUnder(world, home, id, status);
        const { status: shown } = await retrieve(world, home, id);
        expectEqual(shown ?? status, status, 'the status of the dossier by its id');
      }
    }
  },
  // A server that brings everything back as active.
  liar: onSent(['updateDossier'], (body) =>
    body['status'] === 'won' || body['status'] === 'lost' ? { ...body, status: 'active' } : body,
  ),
});
