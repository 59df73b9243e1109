import { sendBeside } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { changeContact, createContact, deleteContact } from '../../world/contacts.ts';
import { distinct, eventsSince, letPass, listen } from '../../world/events.ts';
import { awaitCreations, withoutFirstStages } from '../../world/first-events.ts';
import { asPrimary, link, unlink } from '../../world/links.ts';
import { addNote } from '../../world/notes.ts';

/** Whether it changes its dossier, what is done to others, is a matter of decisions. */
const allowed: readonly unknown[] = ['dossier.updated', 'note.created'];

export default defineRule({
  id: 'webhooks/strange-causes',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'What is done to contacts and notes creates, moves and deletes no dossier.',
  needs: ['webhooks', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const first = await letPass(home, inbox);
    await awaitCreations(inbox, [id]);
    const before = distinct(inbox).length;
    const one = await createContact(world, home, { full_name: 'Sanne Mulder' });
    const other = await createContact(world, home, { full_name: 'Daan Visser' });
    await link(world, home, id, { contact_id: one.id, ...asPrimary });
    await link(world, home, id, { contact_id: other.id, role_on_dossier: 'champion' });
    await addNote(world, home, id, { content: 'Both were called.' });
    await changeContact(world, home, one.id, { full_name: 'Sanne de Boer', city: 'Utrecht' });
    await unlink(world, home, id, other.id);
    await deleteContact(world, home, one.id);
    const marker = await letPass(home, inbox);
    const found = eventsSince(inbox, before, marker).filter(
      ({ event }) => event?.data?.['id'] !== first && !allowed.includes(event?.type),
    );
    const unasked = await withoutFirstStages(inbox, found, marker);
    await expectNone(world, inbox, unasked, 'no event but of the note, and perhaps of a change');
  },
  // A server to which whatever a dossier gets moves it.
  deliveryLiar: sendBeside(
    ({ type }) => type === 'note.created',
    () => 'dossier.stage_changed',
  ),
});
