import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { stickToFirstPath } from '../../liars/ruts.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { wholeList } from '../../world/dossier-parts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { link } from '../../world/links.ts';
import { pageSizes } from '../../world/page-sizes.ts';

/** Who of the three is linked to each dossier. */
const casts = [[0, 1], [1, 2], [], [0, 1, 2]];

export default defineRule({
  id: 'links/listing',
  level: 'MUST',
  verifies: ['LG-LNK-004'],
  sentence: 'A dossier lists every contact that is linked to it, and nobody else.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    // Two of them are told apart by their ids alone.
    const people = ['Noor Bakker', 'Noor Bakker', 'Bram Visser'];
    const drafts = people.map((full_name) => ({ full_name }));
    const ids = (await createContacts(world, home, drafts)).map(({ id }) => id);
    const names = casts.map((_, index) => `With cast ${String(index + 1)}`);
    const dossiers = await home.createDossiers(names.map((name) => ({ type: 'sales', name })));
    const list = async (dossier = '') => {
      const links = { home, operation: 'listDossierContacts', dossier, key: 'contact_id' } as const;
      return (await wholeList(world, links)).sort();
    };
    const first = new Map<string, readonly string[]>();
    for (const { id } of dossiers) first.set(id, await list(id));
    for (const [index, cast] of casts.entries()) {
      const { id = '' } = dossiers[index] ?? {};
      for (const member of cast) {
        const draft = { contact_id: ids[member] ?? '', role_on_dossier: 'champion' } as const;
        await link(world, home, id, draft);
      }
    }
    for (const [index, cast] of casts.entries()) {
      const { id = '' } = dossiers[index] ?? {};
      const expected = [...(first.get(id) ?? []), ...cast.map((member) => ids[member])].sort();
      expectEqual(await list(id), expected, `the contacts on dossier ${String(index + 1)}`);
    }
    // More than a page holds: all of them can be reached, at once or page by page (LG-LNK-008).
    const { size } = pageSizes(world.contract, 'listDossierContacts');
    const { id: full = '' } = dossiers[2] ?? {};
    const many = [...(first.get(full) ?? [])];
    for (const { id: contact_id } of await createContacts(world, home, plainContacts(size + 1))) {
      await link(world, home, full, { contact_id, role_on_dossier: 'other' });
      many.push(contact_id);
    }
    expectEqual(await list(full), many.sort(), 'the contacts on a dossier with many');
  },
  // A server that lists the contacts of whichever dossier.
  liar: stickToFirstPath('listDossierContacts'),
});
