import { someKinds } from '../../arbitraries/new-contact.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { onData } from '../../liars/answers.ts';
import { expectChangeSeen } from '../../world/contact-changes.ts';
import { contactKinds } from '../../world/contacts.ts';

/** Adds kinds, and takes none away. */
const addKinds: Liar = (fetch, name) => {
  const ever = new Map<unknown, unknown[]>();
  const bend = onData(['createContact', 'updateContact', 'getContact'], (contact) => {
    const { id, kind } = contact;
    ever.set(id, [...new Set([...(ever.get(id) ?? []), ...(kind as unknown[])])]);
    contact['kind'] = ever.get(id);
  });
  return bend(fetch, name);
};

export default defineRule({
  id: 'contacts/changed-kind',
  level: 'MUST',
  verifies: ['LG-CON-068'],
  sentence: 'After a change of its kinds a contact has just those that were sent.',
  needs: [],
  check: (world) => {
    const kinds = someKinds(contactKinds(world.contract));
    return expectChangeSeen(world, 'kind', kinds, ['answered', 'retrieved', 'listed']);
  },
  liar: addKinds,
});
