import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { ownIdsIn } from '../../world/contact-list.ts';
import { contactKinds, createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/new-not-expired',
  level: 'MUST',
  verifies: ['LG-CON-009', 'LG-CON-010'],
  sentence: 'A contact that was created a moment ago has no time in the talent pool behind it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    // A server may put new contacts in the pool by itself: `in_pool` is left open here.
    const kinds = [[], ...contactKinds(world.contract).map((one) => [one])];
    const drafts = kinds.map((kind) => ({ full_name: 'Noor Bakker', kind }));
    const made = await createContacts(world, home, drafts);
    const expired = await ownIdsIn(world, home, made, { pool: 'expired' });
    expectEqual(expired, [], 'the new contacts that are listed as expired');
  },
  // A server that overlooks the filter.
  liar: onDraft(({ url }) => {
    if (url.searchParams.get('pool') === 'expired') url.searchParams.delete('pool');
  }),
});
