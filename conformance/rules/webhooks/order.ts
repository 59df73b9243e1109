import { overtake } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { asText } from '../../world/as-text.ts';
import { change } from '../../world/changes.ts';
import { distinct, expectEvents, letPass, listen } from '../../world/events.ts';
import { expectEqual } from '../../world/expectations.ts';
import { addNote } from '../../world/notes.ts';
import type { NewDossier } from '../../world/organization.ts';

export default defineRule({
  id: 'webhooks/order',
  level: 'SHOULD',
  verifies: ['LG-WEB-040'],
  sentence: 'The events of an organisation arrive in the order of their causes.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const expected: string[] = [];
    const ids: string[] = [];
    const create = async (draft: NewDossier) => {
      const { id } = await home.createDossier(draft);
      ids.push(id);
      expected.push(`dossier.created ${id}`);
      return id;
    };
    const rename = async (id: string, name: string) => {
      await change(world, home, id, { name });
      expected.push(`dossier.updated ${id}`);
    };
    const takesNotes = world.operations.some(({ id }) => id === 'createDossierNote');
    const note = async (dossier: string) => {
      if (!takesNotes) return;
      const { id } = await addNote(world, home, dossier, { content: 'Called' });
      ids.push(id);
      expected.push(`note.created ${id}`);
    };
    // No type of events, and no dossier, has its causes all before or after those of another.
    const one = await create({ type: 'sales', name: 'Windmolen' });
    await rename(one, 'First');
    const other = await create({ type: 'candidate', name: 'Akker' });
    await note(one);
    await rename(other, 'First');
    await rename(one, 'Second');
    const last = await create({ type: 'sales', name: 'Molen' });
    await note(other);
    await rename(last, 'First');
    await note(one);
    await rename(other, 'Second');
    await expectEvents(inbox, 'dossier.updated', one, 2);
    await expectEvents(inbox, 'dossier.updated', other, 2);
    await letPass(home, inbox);
    const own = new Set<unknown>(ids);
    const arrived = distinct(inbox)
      .filter(({ event }) => own.has(event?.data?.['id']))
      .map(({ event }) => `${asText(event?.type)} ${asText(event?.data?.['id'])}`);
    const isSent = (event: string) => inbox.types.some((type) => event.startsWith(`${type} `));
    expectEqual(
      arrived.filter(isSent),
      expected.filter(isSent),
      'the events in the order of their causes:',
    );
  },
  deliveryLiar: overtake(
    ({ type, data }) => type === 'dossier.updated' && data['name'] === 'First',
  ),
});
