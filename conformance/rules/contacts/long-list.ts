import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { contactKinds, createContacts } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';
import { pageSizes } from '../../world/page-sizes.ts';
import { expectWholeWalks } from '../../world/whole-walks.ts';

export default defineRule({
  id: 'contacts/long-list',
  level: 'MUST',
  verifies: [
    ...(['LG-CON-005', 'LG-CON-018', 'LG-CON-019', 'LG-CON-020'] as const),
    ...(['LG-GEN-014', 'LG-GEN-015', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-018'] as const),
  ],
  sentence: 'More contacts than fit on the longest page are all listed, in order and counted.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const { contract, organization } = world;
    const { size, maximum } = pageSizes(contract, 'listContacts');
    const home = await organization();
    // Those of a kind just fill the longest page, and stand between others.
    const [kind = 'candidate'] = contactKinds(contract);
    const step = Math.floor(maximum / size) + 1;
    const drafts = plainContacts(maximum + size).map((draft, index) =>
      index % step === 0 ? draft : { ...draft, kind: [kind] },
    );
    const made = await createContacts(world, home, drafts);
    for (const filter of [{}, { kind }]) {
      const passing = made.filter((contact) => !('kind' in filter) || contact.kind.length > 0);
      const wanted = passing.map(({ id }) => id);
      const sizes = [undefined, size, maximum - 1, maximum];
      await expectWholeWalks(world, home, 'listContacts', filter, wanted, sizes);
    }
    for (const perPage of [maximum + 1, maximum * 10]) {
      const query = { per_page: String(perPage) };
      const { response, json } = await home.all.send('listContacts', { query });
      // Whether it is refused or put right is a decision; only more must never come.
      const { data = [] } = response.status < 300 ? (json as { data?: unknown[] }) : {};
      expectThat(data.length <= maximum, 'no page above the maximum', () => data.length);
    }
  },
  // A server whose longest page is half as long.
  liar: onPage(['listContacts'], ({ data }, url) => {
    if (Number(url.searchParams.get('per_page')) > 50) data.splice(50);
  }),
});
