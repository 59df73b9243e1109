import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createDated } from '../../world/dated-creations.ts';
import { expectOneClock, spanOf, type Reading } from '../../world/one-clock.ts';
import { clockOf, noDateHeader } from '../../world/server-clock.ts';

export default defineRule({
  id: 'dossiers/date-header',
  level: 'MUST',
  verifies: ['LG-GEN-057'],
  sentence: 'The Date header of an answer, where it comes, and created_at are of one clock.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    let dated = 0;
    for (const { exchange, readings } of await createDated(world, home)) {
      const moment = clockOf(exchange);
      const what = `the Date header of ${String(exchange.operation)}`;
      const header: Reading = { what, moment, ...spanOf(exchange) };
      if (Number.isNaN(moment)) continue;
      dated += 1;
      expectOneClock([header, ...readings]);
    }
    if (dated === 0) throw noDateHeader();
  },
  // A server in front of which another one has a clock of its own.
  liar: onAnswer('all', ({ headers }) => {
    headers.set('date', new Date(Date.now() - 3_600_000).toUTCString());
  }),
});
