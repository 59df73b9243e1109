import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { asText } from '../../world/as-text.ts';
import { expectAttempts, refuseFirst } from '../../world/attempts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { instantOf } from '../../world/instant.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { clockOf } from '../../world/server-clock.ts';

export default defineRule({
  id: 'webhooks/moment',
  level: 'SHOULD',
  verifies: ['LG-WEB-008'],
  sentence: 'created_at of an event is the moment of the change, on each attempt the same.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const inbox = await home.inbox(refuseFirst(1));
    const before = clockOf(await home.all.send('listDossiers', { query: { per_page: '1' } }));
    const body = { type: 'candidate', name: 'Sent twice' };
    const exchange = await home.all.send('createDossier', { body });
    world.expect.success(exchange);
    const { id } = dataOf(exchange.json) as Dossier;
    const attempts = await expectAttempts(inbox, 'dossier.created', id, 2);
    const [first, second] = attempts.map(({ event }) => event?.created_at);
    expectEqual(second, first, 'created_at on the second attempt');
    const moment = instantOf(asText(first));
    // Both clocks are read to the second.
    const off = moment < before - 1000 || moment > clockOf(exchange) + 1000;
    expectThat(!off, 'the moment of the creation by the clock of the server', () => first);
  },
  // A server whose queue has a clock of its own.
  deliveryLiar: onEvent((event) => {
    event.created_at = new Date(Date.parse(event.created_at) + 60_000).toISOString();
  }),
});
