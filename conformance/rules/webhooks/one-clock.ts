import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { causeEvery } from '../../world/every-event.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { findUnderAnyStatus } from '../../world/dossier-list.ts';
import { expectOneClock, readingOf } from '../../world/one-clock.ts';

export default defineRule({
  id: 'webhooks/one-clock',
  level: 'MUST',
  verifies: ['LG-GEN-058'],
  sentence: 'Events and what they are about have the moments of one clock.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    // Nothing has happened before that.
    const { startedAt: from } = await home.all.send('listFlows');
    const caused = await causeEvery(world, home, 'Timed');
    const subject = caused.find(({ type }) => type === 'dossier.created')?.id ?? '';
    const dossier = await findUnderAnyStatus(world, home, subject);
    for (const { type, id } of caused) {
      if (!inbox.types.includes(type)) continue;
      const { event, arrivedAt: to } = await expectEvent(inbox, type, id);
      // An event may have the moment of its cause, or that at which it was sent (LG-WEB-008).
      const span = { from, to };
      expectOneClock([
        readingOf('created_at of the dossier', dossier.created_at, span),
        readingOf(`created_at of ${type}`, event?.created_at, span),
        readingOf(`created_at in data of ${type}`, event?.data?.['created_at'], span),
      ]);
    }
  },
  // A server whose queue writes local time, and labels it as UTC.
  deliveryLiar: onEvent((event) => {
    event.created_at = new Date(Date.parse(event.created_at) + 19_800_000).toISOString();
  }),
});
