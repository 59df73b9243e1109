import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { link, unlink } from '../../world/links.ts';
import { pageOf } from '../../world/pages.ts';
import { isPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'links/total',
  level: 'MUST',
  verifies: ['LG-GEN-014', 'LG-GEN-018'],
  sentence: 'The list of contacts of a dossier tells how many there are, at any time.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Whose contacts are counted' });
    const count = async () => {
      const exchange = await home.all.send('listDossierContacts', { path: { id } });
      world.expect.success(exchange);
      const { items, total, page, perPage } = pageOf(exchange);
      expectEqual(total, items.length, 'meta.total of the contacts on one page');
      expectEqual(page ?? 1, 1, 'meta.page');
      const fits = (perPage ?? items.length) >= items.length;
      expectThat(fits, 'a meta.per_page of as many as are shown', () => perPage);
      return total;
    };
    const before = await count();
    const contacts = await createContacts(world, home, plainContacts(3));
    for (const { id: contact_id } of contacts) {
      await link(world, home, id, { contact_id, role_on_dossier: 'introducer' });
    }
    expectEqual(await count(), before + 3, 'meta.total after three links');
    // Whether there are pages is a matter of decisions; what lies on others counts in any case.
    for (const page of ['1', '2']) {
      const query = { page, per_page: '2' };
      const exchange = await home.all.send('listDossierContacts', { path: { id }, query });
      // Parameters that this list isn't documented with may be refused as unknown.
      if (isPermittedRefusal(world, exchange, ['LG-GEN-027'])) continue;
      world.expect.success(exchange);
      expectEqual(pageOf(exchange).total, before + 3, `meta.total on page ${page}`);
    }
    await unlink(world, home, id, contacts[0]?.id ?? '');
    expectEqual(await count(), before + 2, 'meta.total after one of them is undone');
  },
  // A counter that only goes up.
  liar: (fetch, name) => {
    let most = 0;
    const bend = onPage(['listDossierContacts'], ({ meta }) => {
      most = Math.max(most, Number(meta['total']));
      meta['total'] = most;
    });
    return bend(fetch, name);
  },
});
