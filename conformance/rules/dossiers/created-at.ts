import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { clockOf } from '../../world/server-clock.ts';
import { everywhere, see } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/created-at',
  level: 'SHOULD',
  verifies: ['LG-GEN-010'],
  sentence: 'A dossier tells everywhere the same moment of creation, by the clock of the server.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const body of plainDossiers(2)) {
      const before = clockOf(await home.all.send('listDossiers', { query: { per_page: '1' } }));
      const exchange = await home.all.send('createDossier', { body });
      world.expect.success(exchange);
      const seen = await see(world, home, dataOf(exchange.json) as Dossier);
      const { created_at } = seen.created;
      for (const place of everywhere) {
        expectEqual(seen[place].created_at, created_at, 'created_at');
      }
      const moment = Date.parse(created_at ?? '');
      // Both clocks are read to the second.
      const off = moment < before - 1000 || moment > clockOf(exchange) + 1000;
      expectThat(!off, 'the moment of creation by the clock of the server', () => created_at);
    }
  },
  // A server that shows when it last looked.
  liar: onData(['getDossier'], (dossier) => {
    dossier['created_at'] = '2026-01-01T00:00:00Z';
  }),
});
