import { aFullDossier } from '../../arbitraries/changes.ts';
import { onEvent } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { archive } from '../../world/archive.ts';
import { change } from '../../world/changes.ts';
import { eventsAbout, expectEvent, expectEvents, listen } from '../../world/events.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { createMovable, move } from '../../world/moves.ts';
import { retrieve } from '../../world/sightings.ts';

export default defineRule({
  id: 'webhooks/whole-dossier',
  level: 'SHOULD',
  verifies: ['LG-WEB-026'],
  sentence: 'The events of a dossier have all of it in data, as it is after the change.',
  needs: ['webhooks', 'fresh-organizations'],
  check: (world) =>
    world.property(
      [aFullDossier()],
      async (draft) => {
        const { home, inbox } = await listen(world);
        const see = async (type: Parameters<typeof expectEvent>[1], id: string) => {
          const seen = await retrieve(world, home, id);
          const { event } = await expectEvent(inbox, type, id);
          expectEqual(event?.data, seen, `data of ${type} as the dossier is retrieved,`);
        };
        const { id } = await home.createDossier(draft);
        await see('dossier.created', id);
        await change(world, home, id, { name: 'Zoë Çelik', role: 'Planner' });
        await see('dossier.updated', id);
        // Both are on their way at once: neither may show what the other has changed.
        const names = ['First', 'Second'];
        for (const name of names) await change(world, home, id, { name });
        await expectEvents(inbox, 'dossier.updated', id, 3);
        const told = eventsAbout(inbox, id, 'dossier.updated').map(({ event }) => event?.data);
        for (const name of names) {
          const isTold = told.some((data) => data?.['name'] === name);
          expectThat(isTold, `dossier.updated with the name "${name}"`, () => told);
        }
        await archive(world, home, id);
        await see('dossier.deleted', id);
        const movable = await createMovable(home, draft.name);
        await move(world, home, movable);
        await see('dossier.stage_changed', movable.id);
      },
      4,
    ),
  // A server that sends what the example shows.
  deliveryLiar: onEvent((event) => {
    const { id, current_stage_id, status } = event.data;
    if (event.type === 'dossier.stage_changed') event.data = { id, current_stage_id, status };
  }),
});
