import { aText } from '../../arbitraries/text.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectChangeSeen } from '../../world/contact-changes.ts';

export default defineRule({
  id: 'contacts/changed-notes',
  level: 'MUST',
  verifies: ['LG-CON-069'],
  sentence: 'New notes on a contact take the place of the earlier ones.',
  needs: [],
  check: (world) => expectChangeSeen(world, 'notes', aText(), ['listed']),
  // A server that keeps a log.
  liar: (fetch, name) => {
    const log = new Map<unknown, unknown[]>();
    const bend = onData(['createContact', 'listContacts'], (contact) => {
      const { id, notes } = contact;
      if (notes === null) return;
      log.set(id, [...new Set([...(log.get(id) ?? []), notes])]);
      contact['notes'] = log.get(id)?.join('\n');
    });
    return bend(fetch, name);
  },
});
