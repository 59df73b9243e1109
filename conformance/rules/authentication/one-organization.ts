import { mistakeKeys } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { pageSizes } from '../../world/page-sizes.ts';

/** Others may archive dossiers while the pages are walked, and move one past the walker. */
const mostWalks = 3;

export default defineRule({
  id: 'authentication/one-organization',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-DOS-006'],
  sentence: 'A key lists nothing of another organisation, and what is its own.',
  needs: ['second-organization'],
  check: async ({ organization, contract }) => {
    const per_page = String(pageSizes(contract, 'listDossiers').maximum);
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const mine = await ours.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const foreign = await theirs.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    let found = false;
    for (let walk = 1; walk <= mostWalks && !found; walk += 1) {
      const pages = await ours.walk('listDossiers', { type: 'candidate', per_page });
      const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
      const strange = `no dossier ${foreign.id} of another organisation in the list`;
      expectThat(!ids.includes(foreign.id), strange, () => ids);
      found = ids.includes(mine.id);
    }
    expectThat(found, `the dossier ${mine.id} in the list of its organisation`, () => 'none');
  },
  liar: mistakeKeys(),
});
