import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';

export default defineRule({
  id: 'contacts/notes',
  level: 'MUST',
  verifies: ['LG-CON-049'],
  sentence: 'A contact keeps its notes, and the list shows them.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText(), aText()], async (first, second) => {
      const notes = `${first}\n\n${second}`;
      const seen = await createAndSeeContact(world, home, { full_name: 'Noor Bakker', notes });
      expectContactKept(seen, { notes }, ['listed']);
    });
  },
  // A list that shows the first line.
  liar: onData(['listContacts'], (contact) => {
    contact['notes'] =
      typeof contact['notes'] === 'string' ? contact['notes'].split('\n')[0] : null;
  }),
});
