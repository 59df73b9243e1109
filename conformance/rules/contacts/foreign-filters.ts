import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectFoundByAddress, expectFoundBySearch } from '../../world/contact-search.ts';
import { contactKinds, createContact, createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { eventually } from '../../world/eventually.ts';
import { pageOf } from '../../world/pages.ts';
import { isPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'contacts/foreign-filters',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-CON-004', 'LG-GEN-014'],
  sentence: 'Whatever the filter, the list neither holds nor counts contacts of others.',
  needs: ['second-organization', 'fresh-organizations'],
  check: async (world) => {
    const ours = await world.organization();
    const theirs = await world.organization({ second: true });
    const kind = [...contactKinds(world.contract)];
    const draft = { full_name: 'Zwartkruis', kind, company: 'Tulp Logistics' };
    const others = [
      { full_name: 'Iris', company: 'Hemelvaart' },
      { full_name: 'Iris', role: 'Ondiep' },
      { full_name: 'Iris', email: 'zwanenburg@example.com' },
    ];
    const made = await createContacts(world, theirs, [draft, draft, ...others]);
    const expectOnly = async (ids: readonly string[], query: Record<string, string | string[]>) => {
      const exchange = await ours.all.send('listContacts', { query });
      // An @ may have a meaning, and make no sense there (LG-CON-016).
      const isAddress = String(query['search']).includes('@');
      if (isAddress && isPermittedRefusal(world, exchange, ['LG-CON-016'])) return;
      world.expect.success(exchange);
      const { items, total } = pageOf(exchange);
      const seen = items.map(({ id }) => id);
      expectEqual(seen, ids, 'nothing but the own contacts,');
      expectEqual(total, ids.length, 'meta.total of the own contacts');
    };
    const filters = [{}, { kind: kind.slice(0, 1) }, { kind }];
    // An empty list stays one.
    // In whichever field the word stands.
    const words = ['Zwartkruis', 'Hemelvaart', 'Ondiep', 'zwanenburg', 'zwanenburg@example.com'];
    const searches = words.map((search) => ({ search }));
    // The others find them by now, so that an index in common would have them too.
    for (const [index, word] of ['Zwartkruis', 'Zwartkruis', 'Hemelvaart', 'Ondiep'].entries()) {
      await expectFoundBySearch(world, theirs, made[index]?.id ?? '', word);
    }
    await expectFoundByAddress(world, theirs, made.at(-1)?.id ?? '', 'zwanenburg@example.com');
    for (const query of [...filters, ...searches]) await expectOnly([], query);
    const { id } = await createContact(world, ours, draft);
    for (const query of [...filters, { per_page: '1' }]) await expectOnly([id], query);
    await eventually(world, () => expectOnly([id], { search: 'Zwartkruis' }));
  },
  // It counts everybody's.
  liar: onPage(['listContacts'], ({ meta }, url) => {
    if (url.searchParams.has('search')) meta['total'] = Number(meta['total']) + 2;
  }),
});
