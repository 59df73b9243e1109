import { eventOf, onReceiver, saying } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { asText } from '../../world/as-text.ts';
import { expectEvent, expectEvents } from '../../world/events.ts';
import { causeEvery } from '../../world/every-event.ts';
import { expectEqual } from '../../world/expectations.ts';
import { expectAttempts, refuseFirst } from '../../world/attempts.ts';

export default defineRule({
  id: 'webhooks/unique-ids',
  level: 'SHOULD',
  verifies: ['LG-WEB-005'],
  sentence: 'No two events share an id, and all attempts at one carry the same.',
  needs: ['webhooks', 'own-endpoints'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const inbox = await home.inbox(refuseFirst(1));
    const first = await home.createDossier({ type: 'candidate', name: 'Sent twice' });
    const attempts = await expectAttempts(inbox, 'dossier.created', first.id, 2);
    const [one, other] = attempts.map(({ event }) => event?.id);
    expectEqual(other, one, 'the id on the second attempt');
    const caused = await causeEvery(world, home, 'Noor Bakker');
    for (const { type, id } of caused) await expectEvent(inbox, type, id);
    const ids = new Map<unknown, string>();
    for (const { event } of inbox.deliveries()) {
      const about = `${asText(event?.type)} of ${asText(event?.data?.['id'])}`;
      expectEqual(
        about,
        ids.get(event?.id) ?? about,
        `the one event with the id ${asText(event?.id)}:`,
      );
      ids.set(event?.id, about);
    }
    // Two of one type about one dossier: by decision its move and its deletion.
    const moved = caused.find(({ type }) => type === 'dossier.updated');
    await expectEvents(inbox, 'dossier.updated', moved?.id ?? '', 2);
  },
  // A server that makes the id when it sends.
  deliveryLiar: onReceiver((receiver) => {
    let sent = 0;
    return {
      ...receiver,
      receive: (delivery) => {
        sent += 1;
        const event = eventOf(delivery);
        receiver.receive(saying(delivery, { ...event, id: `evt_${String(sent)}` }));
      },
    };
  }),
});
