import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { eventsAbout, expectEvents, listen } from '../../world/events.ts';
import { retrieve } from '../../world/sightings.ts';

/** Each one changes a value for another: in letter case, in cents, from closed to open. */
const changes = [
  { company: 'Linde Retail' },
  { contact_person: 'Iris Maas' },
  { name: 'Tulp logistics' },
  { deal_size: 12_500.5 },
  { status: 'won' as const },
  { status: 'active' as const },
  { status: 'lost' as const },
  { status: 'won' as const },
];

export default defineRule({
  id: 'webhooks/second-values',
  level: 'MUST',
  verifies: ['LG-WEB-012'],
  sentence: 'A value in place of another, however like it, sends dossier.updated.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const deal = { deal_size: 12_500, deal_currency: 'EUR', contact_person: 'Mark Visser' };
    const draft = { type: 'sales' as const, name: 'Tulp Logistics', company: 'Tulp', ...deal };
    const { id } = await home.createDossier(draft);
    for (const [index, one] of changes.entries()) {
      await change(world, home, id, one);
      await expectEvents(inbox, 'dossier.updated', id, index + 1);
    }
    await inbox.settle();
    const before = eventsAbout(inbox, id, 'dossier.updated').length;
    // Whether a text can be taken away is a matter of decisions (LG-DOS-090).
    const emptied = await home.all.send('updateDossier', { path: { id }, body: { company: null } });
    if (emptied.response.status >= 400) return;
    world.expect.success(emptied);
    const { company } = await retrieve(world, home, id);
    if (company === null) await expectEvents(inbox, 'dossier.updated', id, before + 1);
  },
  // A server that takes a dossier that is opened again for one that was never closed.
  deliveryLiar: forget(
    ({ type, data }) =>
      type === 'dossier.updated' && data['status'] === 'active' && data['deal_size'] === 12_500.5,
  ),
});
