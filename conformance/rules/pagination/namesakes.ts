import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

/** More than ten, so that page numbers of one item each have two digits. */
const companies = Array.from({ length: 11 }, (_, index) => `Company ${String(index + 1)}`);

export default defineRule({
  id: 'pagination/namesakes',
  level: 'MUST',
  verifies: ['LG-GEN-017', 'LG-GEN-047'],
  sentence:
    'Those with the same name have ids of their own, and each is on one of the pages, once.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const name = 'Noor Bakker';
    const contacts = companies.map((company) => ({ full_name: name, company }));
    // A dossier may bring a contact of its own, so the contacts are seen to first.
    const people = (await createContacts(world, home, contacts)).map(({ id }) => id);
    const expectAll = async (
      operation: 'listContacts' | 'listDossiers',
      wanted: readonly string[],
    ) => {
      for (const perPage of ['1', '4']) {
        const pages = await home.walk(operation, { per_page: perPage });
        const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
        expectEqual(seen.sort(), [...wanted].sort(), `the ids on all pages of ${perPage}`);
      }
    };
    await expectAll('listContacts', people);
    const drafts = companies.map((company) => ({ type: 'sales' as const, name, company }));
    const dossiers = (await home.createDossiers(drafts)).map(({ id }) => id);
    await expectAll('listDossiers', dossiers);
  },
  // A server that reads the first digit of a page number.
  liar: onPage(['listDossiers', 'listContacts'], ({ data }, { searchParams }) => {
    if ((searchParams.get('page') ?? '').length > 1) data.splice(0);
  }),
});
