import {
  expectFoundByAddress,
  expectFoundBySearch,
  retrySearch,
} from '../../assertions/contacts.ts';
import { isPermittedRefusal } from '../../assertions/refusals.ts';
import { pageOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { pageSizes } from '../../contract/operations.ts';
import {
  contactKinds,
  type DossierStatus,
  dossierStatuses,
  dossierTypes,
} from '../../contract/resources.ts';
import { treatKeysAsFirst } from '../../faults/access.ts';
import { onPage } from '../../faults/inject.ts';
import {
  contactsIn,
  createContact,
  createContacts,
  expectContactNotListed,
  fillPool,
  findListedContact,
} from '../../fixtures/contacts.ts';
import { createDossier, createDossiers, updateDossier } from '../../fixtures/dossiers.ts';
import { plainContacts } from '../../generators/contacts.ts';

/** Archiving by others may shift a dossier to another page while the pages are read. */
const mostWalks = 3;

const oneOrganization = defineRule({
  id: 'authentication/one-organization',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-DOS-006'],
  sentence: 'An API key lists dossiers of its own organisation only, and all of them.',
  needs: ['second-organization'],
  check: async ({ organization, contract, about }) => {
    const per_page = String(pageSizes(contract, 'listDossiers').maximum);
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const mine = await createDossier(ours, { type: 'candidate', name: 'Noor Bakker' });
    const foreign = await createDossier(theirs, { type: 'candidate', name: 'Noor Bakker' });
    let found = false;
    about('LG-AUT-011');
    for (let walk = 1; walk <= mostWalks && !found; walk += 1) {
      const pages = await ours.walk('listDossiers', { type: 'candidate', per_page });
      const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
      const strange = `no dossier ${foreign.id} of another organisation in the list`;
      expectThat(!ids.includes(foreign.id), strange, () => ids);
      found = ids.includes(mine.id);
    }
    about('LG-DOS-006');
    expectThat(found, `the dossier ${mine.id} in the list of its organisation`, () => 'none');
  },
  fault: treatKeysAsFirst(),
});

const statuses = defineRule({
  id: 'isolation/statuses',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-DOS-006'],
  sentence:
    'Listing dossiers by status and type neither returns nor counts dossiers of other organisations.',
  needs: ['second-organization', 'fresh-organizations'],
  check: async (context) => {
    const [ours, theirs] = [
      await context.organization(),
      await context.organization({ second: true }),
    ];
    for (const type of dossierTypes(context.contract)) {
      for (const status of dossierStatuses(context.contract) as readonly DossierStatus[]) {
        const expectOnly = async (ids: readonly string[]) => {
          const pages = await ours.walk('listDossiers', { type, status });
          const seen = pages.flatMap(({ items }) => items.map(({ id }) => id));
          expectEqual(seen, ids, `the organisation's dossiers that are ${status},`);
          expectEqual(pages[0]?.total, ids.length, "meta.total of the organisation's dossiers");
        };
        const foreign = await createDossier(theirs, { type, name: 'Theirs' });
        await updateDossier(theirs, foreign.id, { status });
        context.about('LG-AUT-011');
        await expectOnly([]);
        const own = await createDossier(ours, { type, name: 'Ours' });
        await updateDossier(ours, own.id, { status });
        // Nothing of the other organisation is in it, as was just seen.
        context.about('LG-DOS-006');
        await expectOnly([own.id]);
      }
    }
  },
  // A server that counts the lost dossiers of every organisation.
  fault: onPage(['listDossiers'], ({ meta }, url) => {
    if (url.searchParams.get('status') === 'lost') meta['total'] = Number(meta['total']) + 1;
  }),
});

const lists = defineRule({
  id: 'isolation/lists',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-DOS-006'],
  sentence:
    'Listing dossiers with any filter neither returns nor counts dossiers of other organisations.',
  needs: ['second-organization', 'fresh-organizations'],
  check: async ({ organization, about }) => {
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const draft = { type: 'sales', name: 'Tulp Logistics' } as const;
    const drafts = [draft, { type: 'candidate', name: 'Noor Bakker' } as const, draft];
    const foreign = await createDossiers(theirs, drafts);
    // An empty list stays empty.
    about('LG-AUT-011');
    const [none] = await ours.walk('listDossiers', {});
    expectEqual([none?.items, none?.total], [[], 0], 'an empty list');
    const mine = await createDossier(ours, draft);
    const filters = [
      {},
      { type: 'sales' },
      { status: 'active' },
      { stage_id: mine.current_stage_id },
      { type: 'sales', status: 'active', per_page: '1' },
    ];
    for (const query of filters) {
      const pages = await ours.walk('listDossiers', query);
      const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
      about('LG-AUT-011', 'LG-DOS-006');
      expectEqual(ids, [mine.id], "only the organisation's dossier,");
      about('LG-AUT-011');
      expectEqual(pages[0]?.total, 1, "meta.total of the organisation's dossiers");
    }
    // The responses to a foreign stage and a page beyond the end are decisions.
    for (const query of [{ stage_id: foreign[0]?.current_stage_id ?? '' }, { page: '2' }]) {
      const exchange = await ours.all.send('listDossiers', { query });
      if (exchange.response.status >= 300) continue;
      const ids = pageOf(exchange).items.map(({ id }) => id);
      const others = ids.filter((id) => id !== mine.id);
      expectEqual(others, [], 'no dossiers of the other organisation');
      expectThat(
        pageOf(exchange).total <= 1,
        'no dossiers of the other organisation in meta.total',
        () => ids,
      );
    }
  },
  // A server that counts the resources of every organisation.
  fault: onPage(['listDossiers'], ({ meta }, url) => {
    if (url.searchParams.has('status')) meta['total'] = Number(meta['total']) + 3;
  }),
});

const ownList = defineRule({
  id: 'contacts/own-list',
  level: 'MUST',
  verifies: ['LG-CON-004', 'LG-AUT-011'],
  sentence: 'Listing contacts returns every contact of the organisation, and none of another.',
  needs: ['second-organization'],
  check: async (context) => {
    const ours = await context.organization();
    const theirs = await context.organization({ second: true });
    const made = await createContacts(ours, plainContacts(2));
    const { id } = await createContact(theirs, { full_name: 'Noor Bakker' });
    for (const contact of made) {
      context.about('LG-CON-004');
      await findListedContact(ours, contact.id);
      context.about('LG-AUT-011');
      await expectContactNotListed(theirs, contact.id);
    }
    context.about('LG-CON-004');
    await findListedContact(theirs, id);
    context.about('LG-AUT-011');
    await expectContactNotListed(ours, id);
  },
  fault: treatKeysAsFirst(),
});

const foreignFilters = defineRule({
  id: 'contacts/foreign-filters',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-CON-004', 'LG-GEN-014'],
  sentence:
    'Listing contacts with any filter neither returns nor counts contacts of other organisations.',
  needs: ['second-organization', 'fresh-organizations'],
  check: async (context) => {
    const ours = await context.organization();
    const theirs = await context.organization({ second: true });
    const kind = [...contactKinds(context.contract)];
    const draft = { full_name: 'Zwartkruis', kind, company: 'Tulp Logistics' };
    const others = [
      { full_name: 'Iris', company: 'Hemelvaart' },
      { full_name: 'Iris', role: 'Ondiep' },
      { full_name: 'Iris', email: 'zwanenburg@example.com' },
    ];
    const made = await createContacts(theirs, [draft, draft, ...others]);
    const expectOnly = async (ids: readonly string[], query: Record<string, string | string[]>) => {
      const exchange = await ours.all.send('listContacts', { query });
      // An @ may have a special meaning, and be refused there (LG-CON-016).
      const isAddress = String(query['search']).includes('@');
      if (isAddress && isPermittedRefusal(context, exchange, ['LG-CON-016'])) return;
      context.expect.success(exchange);
      const { items, total } = pageOf(exchange);
      const seen = items.map(({ id }) => id);
      // Once there are some, nothing of the other organisation is among them, as was seen before.
      context.about(ids.length === 0 ? 'LG-AUT-011' : 'LG-CON-004');
      expectEqual(seen, ids, "only the organisation's contacts,");
      context.about('LG-GEN-014', 'LG-AUT-011');
      expectEqual(total, ids.length, "meta.total of the organisation's contacts");
    };
    const filters = [{}, { kind: kind.slice(0, 1) }, { kind }];
    // An empty list stays empty, whatever field contains the word.
    const words = ['Zwartkruis', 'Hemelvaart', 'Ondiep', 'zwanenburg', 'zwanenburg@example.com'];
    const searches = words.map((search) => ({ search }));
    // The other organisation's contacts are indexed by now, so that a shared index would return
    // them too.
    context.about('LG-CON-004');
    for (const [index, word] of ['Zwartkruis', 'Zwartkruis', 'Hemelvaart', 'Ondiep'].entries()) {
      await expectFoundBySearch(theirs, made[index]?.id ?? '', word);
    }
    await expectFoundByAddress(theirs, made.at(-1)?.id ?? '', 'zwanenburg@example.com');
    for (const query of [...filters, ...searches]) await expectOnly([], query);
    const { id } = await createContact(ours, draft);
    for (const query of [...filters, { per_page: '1' }]) await expectOnly([id], query);
    await retrySearch(context, () => expectOnly([id], { search: 'Zwartkruis' }));
  },
  // A server that counts the resources of every organisation.
  fault: onPage(['listContacts'], ({ meta }, url) => {
    if (url.searchParams.has('search')) meta['total'] = Number(meta['total']) + 2;
  }),
});

const month = 2_592_000;

const foreignPool = defineRule({
  id: 'contacts/foreign-pool',
  level: 'MUST',
  verifies: ['LG-AUT-011', 'LG-CON-004', 'LG-CON-008', 'LG-CON-009'],
  sentence: 'Listing contacts by `pool` returns no contacts of another organisation.',
  needs: ['second-organization', 'fresh-organizations', 'talent-pool'],
  check: async (context) => {
    const ours = await context.organization();
    const theirs = await context.organization({ second: true });
    await fillPool(theirs, [month, -month, month]);
    const own = await fillPool(ours, [month, -month]);
    for (const [index, pool] of (['in_pool', 'expired'] as const).entries()) {
      context.about('LG-AUT-011', pool === 'in_pool' ? 'LG-CON-008' : 'LG-CON-009');
      const exchange = await ours.all.send('listContacts', { query: { pool } });
      context.expect.success(exchange);
      const { items, total } = pageOf(exchange);
      const ids = items.map(({ id }) => id);
      expectEqual(ids, [own[index]?.contact.id], `the organisation's contact with pool=${pool}`);
      context.about('LG-AUT-011');
      expectEqual(total, 1, "meta.total of the organisation's contacts");
    }
    context.about('LG-CON-004');
    expectEqual((await contactsIn(theirs, { pool: 'in_pool' })).length, 2, 'theirs');
  },
  // A server that counts the resources of every organisation.
  fault: onPage(['listContacts'], ({ meta }, url) => {
    if (url.searchParams.get('pool') === 'in_pool') meta['total'] = Number(meta['total']) + 2;
  }),
});

export default [
  oneOrganization,
  statuses,
  lists,
  ownList,
  foreignFilters,
  foreignPool,
] satisfies readonly Rule[];
