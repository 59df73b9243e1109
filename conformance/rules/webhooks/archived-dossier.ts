import { eventOf, onReceiver } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { eventsAbout, expectEvent, expectEvents, letPass, listen } from '../../world/events.ts';
import type { Note } from '../../world/notes.ts';
import { dataOf } from '../../world/organization.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'webhooks/archived-dossier',
  level: 'MUST',
  verifies: ['LG-WEB-012', 'LG-WEB-023'],
  sentence:
    'What can still be done to an archived dossier sends the events that it sends elsewhere.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'About to be archived' });
    await archive(world, home, id);
    await letPass(home, inbox);
    const before = eventsAbout(inbox, id, 'dossier.updated').length;
    const path = { id };
    // Whether either of them is taken is a matter of decisions (LG-DOS-100, LG-DOS-101).
    const change = { path, body: { name: 'Renamed in the archive' } };
    const changed = await home.all.send('updateDossier', change);
    if (world.acceptances.of('updateDossier', changed.response.status)?.success) {
      const { name } = await retrieve(world, home, id);
      if (name === change.body.name) await expectEvents(inbox, 'dossier.updated', id, before + 1);
    }
    const note = { path, body: { content: 'Found in the archive' } };
    const noted = await home.all.send('createDossierNote', note);
    if (world.acceptances.of('createDossierNote', noted.response.status)?.success) {
      await expectEvent(inbox, 'note.created', (dataOf(noted.json) as Note).id);
    }
  },
  // A server that falls silent about what is archived.
  deliveryLiar: onReceiver((receiver) => {
    const gone = new Set<unknown>();
    return {
      ...receiver,
      receive: (delivery) => {
        const { type, data } = eventOf(delivery);
        if (!gone.has(data['id']) && !gone.has(data['dossier_id'])) receiver.receive(delivery);
        if (type === 'dossier.deleted') gone.add(data['id']);
      },
    };
  }),
});
