import { spread } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { eventsAbout, expectEvent, letPass, listen } from '../../world/events.ts';
import { causeEvery } from '../../world/every-event.ts';

export default defineRule({
  id: 'webhooks/organizations-apart',
  level: 'MUST',
  verifies: ['LG-WEB-024'],
  sentence: 'Of two organisations with an endpoint each gets its own events only.',
  needs: ['own-endpoints', 'webhooks', 'second-organization'],
  check: async (world) => {
    const here = await listen(world);
    const there = await listen(world, { second: true });
    for (const [own, other] of [
      [here, there],
      [there, here],
    ] as const) {
      const caused = await causeEvery(world, own.home, 'Noor Bakker');
      for (const { type, id } of caused) await expectEvent(own.inbox, type, id);
      await letPass(other.home, other.inbox);
      const found = caused.flatMap(({ id }) => eventsAbout(other.inbox, id));
      await expectNone(world, other.inbox, found, 'no event of another organisation');
    }
  },
  // A server that sends every event to everybody.
  deliveryLiar: spread(() => true),
});
