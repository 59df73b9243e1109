import { aText } from '../../arbitraries/text.ts';
import { aType } from '../../arbitraries/new-dossier.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedEmail, createContact } from '../../world/contacts.ts';
import { createAndSee, everywhere, expectKept } from '../../world/sightings.ts';

export default defineRule({
  id: 'dossiers/name',
  level: 'MUST',
  verifies: ['LG-DOS-030'],
  sentence: 'A dossier needs a name, and has the one that was sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const email = await anUnusedEmail(world, home);
    const { id: contact_id } = await createContact(world, home, { full_name: 'Iris Maas' });
    await world.property([aType(), aText()], async (type, name) => {
      // No other text stands in for it, and nobody's name.
      const texts = { company: name, role: name, intake_notes: name };
      const person = type === 'sales' ? [{ contact_person: name }] : [];
      for (const other of [{}, texts, ...person, { email }, { contact_id }]) {
        const nameless = await home.all.send('createDossier', { body: { type, ...other } });
        world.expect.refusal(nameless, 400);
      }
      expectKept(await createAndSee(world, home, { type, name }), { name }, everywhere);
    });
  },
  // A server with a name for everything.
  liar: onSent(['createDossier'], (body) => ({ name: 'Untitled', ...body })),
});
