import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { seeInOrder } from '../../world/own-order.ts';
import { changeContact, createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

/** Out of order by name, company and kind, forwards and backwards. */
const drafts = [
  { full_name: 'Willem', company: 'Delta', kind: ['client' as const] },
  { full_name: 'anna', company: 'Zaan', kind: [] },
  { full_name: 'Zoë', company: 'Brug', kind: ['prospect' as const] },
  { full_name: 'Bram', company: 'Haven', kind: ['candidate' as const, 'client' as const] },
  { full_name: 'Noor', company: 'Akker', kind: ['supplier' as const] },
  { full_name: 'Dirk', company: 'Kade', kind: [] },
  { full_name: 'Karel', company: 'Markt', kind: ['candidate' as const] },
];

export default defineRule({
  id: 'contacts/newest-first',
  level: 'SHOULD',
  verifies: ['LG-CON-021'],
  sentence: 'Contacts are listed in the order of creation, the latest first.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const made = await createContacts(world, home, drafts);
    // Neither a name nor a change has a say in it.
    await changeContact(world, home, made[2]?.id ?? '', { full_name: 'Sanne' });
    const wanted = made.map(({ id }) => id).reverse();
    for (const query of [{}, { per_page: '2' }]) {
      const ids = await seeInOrder(world.expect, home, 'listContacts', query, wanted);
      expectEqual(ids, wanted, 'the ids, the latest first,');
    }
  },
  // A server that goes by the second of creation, and within one by its ids.
  liar: onPage(['listContacts'], ({ data }) => {
    const keyOf = (contact: (typeof data)[number]) =>
      `${String(contact['created_at']).slice(0, 19)} ${String(contact['id'])}`;
    data.sort((a, b) => (keyOf(a) > keyOf(b) ? -1 : 1));
  }),
});
