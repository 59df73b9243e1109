import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectChangeSeen } from '../../world/contact-changes.ts';

export default defineRule({
  id: 'contacts/changed-city',
  level: 'MUST',
  verifies: ['LG-CON-067'],
  sentence: 'A contact can move to another city.',
  needs: [],
  check: (world) => expectChangeSeen(world, 'city', aText(), ['retrieved', 'listed']),
  // A list that shows where people came from.
  liar: (fetch, name) => {
    const first = new Map<unknown, unknown>();
    const bend = onData(['createContact', 'listContacts'], (contact) => {
      if (!first.has(contact['id'])) first.set(contact['id'], contact['city']);
      contact['city'] = first.get(contact['id']);
    });
    return bend(fetch, name);
  },
});
