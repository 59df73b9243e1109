import { expectListedContactFields } from '../../assertions/contacts-of-dossiers.ts';
import { expectPaged, idsInWholeList } from '../../assertions/lists.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { pageSizes } from '../../contract/operations.ts';
import { answerForFirstPath } from '../../faults/applied-requests.ts';
import { onLinked } from '../../faults/contacts.ts';
import { ignoreQueryParameters, onData, onPage } from '../../faults/inject.ts';
import {
  createContact,
  createContacts,
  unusedEmail,
  updateContact,
  withUnusedEmail,
} from '../../fixtures/contacts.ts';
import { createDossier, createDossiers } from '../../fixtures/dossiers.ts';
import {
  contactsOfDossier,
  findLinked,
  linkContact,
  primaryLink,
} from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { anEmail, aText } from '../../generators/values.ts';

/** Which of the three contacts is linked to each dossier. */
const groups = [[0, 1], [1, 2], [], [0, 1, 2]];

const listing = defineRule({
  id: 'links/listing',
  level: 'MUST',
  verifies: ['LG-LNK-004'],
  sentence: 'A dossier lists every contact that is linked to it, and no others.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    // Two of them differ only in their ids.
    const people = ['Noor Bakker', 'Noor Bakker', 'Bram Visser'];
    const drafts = people.map((full_name) => ({ full_name }));
    const ids = (await createContacts(org, drafts)).map(({ id }) => id);
    const names = groups.map((_, index) => `With cast ${String(index + 1)}`);
    const dossiers = await createDossiers(
      org,
      names.map((name) => ({ type: 'sales', name })),
    );
    const list = async (dossier = '') => {
      const links = { org, operation: 'listDossierContacts', dossier, key: 'contact_id' } as const;
      return (await idsInWholeList(context, links)).sort();
    };
    const first = new Map<string, readonly string[]>();
    for (const { id } of dossiers) first.set(id, await list(id));
    for (const [index, group] of groups.entries()) {
      const { id = '' } = dossiers[index] ?? {};
      for (const member of group) {
        const draft = { contact_id: ids[member] ?? '', role_on_dossier: 'champion' } as const;
        await linkContact(org, id, draft);
      }
    }
    for (const [index, group] of groups.entries()) {
      const { id = '' } = dossiers[index] ?? {};
      const expected = [...(first.get(id) ?? []), ...group.map((member) => ids[member])].sort();
      expectEqual(await list(id), expected, `the contacts on dossier ${String(index + 1)}`);
    }
    // More than fit on a page: all must be reachable, at once or page by page (LG-LNK-008).
    const { size } = pageSizes(context.contract, 'listDossierContacts');
    const { id: full = '' } = dossiers[2] ?? {};
    const many = [...(first.get(full) ?? [])];
    for (const { id: contact_id } of await createContacts(org, plainContacts(size + 1))) {
      await linkContact(org, full, { contact_id, role_on_dossier: 'other' });
      many.push(contact_id);
    }
    expectEqual(await list(full), many.sort(), 'the contacts on a dossier with many');
  },
  // A server that lists the contacts of another dossier.
  fault: answerForFirstPath('listDossierContacts'),
});

const person = defineRule({
  id: 'links/person',
  level: 'MUST',
  verifies: ['LG-LNK-006'],
  sentence:
    'Each contact of a dossier is listed with its contact_id, full_name, email and company.',
  needs: [],
  check: async (context) => {
    const expectListed = async (full_name: string, company: string, email: string) => {
      const org = await context.organization();
      const person = await withUnusedEmail(org, { full_name, company, email });
      const { id: contact_id } = await createContact(org, person);
      for (const place of [{ role_on_dossier: 'decision_maker' } as const, primaryLink]) {
        const { id } = await createDossier(org, { type: 'sales', name: place.role_on_dossier });
        await linkContact(org, id, { contact_id, ...place });
        expectListedContactFields(await findLinked(org, id, contact_id), person);
      }
    };
    await expectListed('Noor Bakker', 'Linde', 'noor.bakker@example.com');
    await context.property([aText(), aText(), anEmail()], expectListed);
  },
  // A server that shows the dossier's company.
  fault: onData(['listDossierContacts'], (item) => {
    item['company'] = 'Tulp Logistics';
  }),
});

const primaryFlag = defineRule({
  id: 'links/primary-flag',
  level: 'MUST',
  verifies: ['LG-LNK-005'],
  sentence: 'Each contact of a dossier is listed with its role and with is_primary, a boolean.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With roles and flags' });
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor, iris] = await createContacts(org, people);
    const [lead, help] = [noor?.id ?? '', iris?.id ?? ''];
    await linkContact(org, id, { contact_id: lead, ...primaryLink });
    await linkContact(org, id, { contact_id: help, role_on_dossier: 'gatekeeper' });
    for (const { is_primary } of await contactsOfDossier(org, id)) {
      expectThat(typeof is_primary === 'boolean', 'a boolean as is_primary', () => is_primary);
    }
    const { role_on_dossier: leading } = await findLinked(org, id, lead);
    const { role_on_dossier: helping } = await findLinked(org, id, help);
    expectEqual([leading, helping], ['primary', 'gatekeeper'], 'the roles in the list');
  },
  // A server that returns is_primary as 0 or 1.
  fault: onData(['listDossierContacts'], (item) => {
    item['is_primary'] = item['is_primary'] ? 1 : 0;
  }),
});

const personNow = defineRule({
  id: 'links/person-now',
  level: 'MUST',
  verifies: ['LG-LNK-007'],
  sentence: 'The contacts of a dossier are listed with their current data.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const person = { full_name: 'Noor Bakker', company: 'Tulp' };
    const { id: contact_id } = await createContact(org, person);
    const dossiers: string[] = [];
    for (const place of [{ role_on_dossier: 'champion' } as const, primaryLink]) {
      const { id } = await createDossier(org, { type: 'sales', name: place.role_on_dossier });
      dossiers.push(id);
      await linkContact(org, id, { contact_id, ...place });
      expectListedContactFields(await findLinked(org, id, contact_id), person);
    }
    const changes = {
      full_name: 'Noor Smit-Bakker',
      company: 'Tulp Logistics',
      email: await unusedEmail(org),
    };
    for (const [field, value] of Object.entries(changes)) {
      const change = { [field]: value };
      await updateContact(org, contact_id, change);
      Object.assign(person, change);
      for (const id of dossiers) {
        expectListedContactFields(await findLinked(org, id, contact_id), person);
      }
    }
  },
  // A server that copies the name into the link.
  fault: (fetch, name) => {
    const copies = new Map<unknown, unknown>();
    const alter = onLinked((item) => {
      const { contact_id, full_name } = item;
      if (!copies.has(contact_id)) copies.set(contact_id, full_name);
      item['full_name'] = copies.get(contact_id);
    });
    return alter(fetch, name);
  },
});

/**
 * In the order of linking, not sorted by name, address, company, role or time of creation, in
 * either direction.
 */
const people = [
  { full_name: 'Willem', company: 'Delta', made: 3, role: 'champion' },
  { full_name: 'anna', company: 'Zaan', made: 6, role: 'other' },
  { full_name: 'Zoë', company: 'Brug', made: 1, role: 'introducer' },
  { full_name: 'Bram', company: 'Haven', made: 4, role: 'decision_maker' },
  { full_name: 'Noor', company: 'Akker', made: 0, role: 'other' },
  { full_name: 'Dirk', company: 'Kade', made: 5, role: 'gatekeeper' },
  { full_name: 'Karel', company: 'Markt', made: 2, role: 'hiring_manager' },
] as const;

const names = people.map(({ full_name }) => full_name);

const order = defineRule({
  id: 'links/order',
  level: 'SHOULD',
  verifies: ['LG-LNK-009'],
  sentence:
    'The primary contact of a dossier is listed first, then the others in the order in which they were linked.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With many people' });
    const ids = new Map<string, string>();
    for (const { full_name, company } of people.toSorted((a, b) => a.made - b.made)) {
      ids.set(full_name, (await createContact(org, { full_name, company })).id);
    }
    for (const { full_name, role } of people) {
      const contact_id = ids.get(full_name) ?? '';
      await linkContact(org, id, { contact_id, role_on_dossier: role });
    }
    const list = async () => (await contactsOfDossier(org, id)).map(({ full_name }) => full_name);
    const linked = (await list()).filter((name) => ids.has(name));
    expectEqual(linked, names, 'the names in the list');
    const others: string[] = [...names];
    // The first of the two is no longer primary after the second, and keeps its position.
    for (const full_name of ['Tess', 'Bo']) {
      const { id: contact_id } = await createContact(org, { full_name });
      await linkContact(org, id, { contact_id, ...primaryLink });
      const [first, ...rest] = await list();
      expectEqual(first, full_name, 'the first name in the list');
      const following = rest.filter((name) => others.includes(name));
      expectEqual(following, others, 'the other names in the list');
      others.push(full_name);
    }
  },
  // A server that sorts contacts by creation.
  fault: onPage(['listDossierContacts'], ({ data }) => {
    const placeOf = ({ full_name }: (typeof data)[number]) =>
      people.find((one) => one.full_name === full_name)?.made ?? -1;
    data.sort((a, b) => placeOf(a) - placeOf(b));
  }),
});

const pages = defineRule({
  id: 'links/pages',
  level: 'SHOULD',
  verifies: ['LG-LNK-008'],
  sentence: 'The contacts of a dossier are paged like dossiers.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { size } = pageSizes(context.contract, 'listDossierContacts');
    const { id } = await createDossier(org, { type: 'sales', name: 'Tulp Logistics' });
    const already = (await contactsOfDossier(org, id)).length;
    for (const one of await createContacts(org, plainContacts(size + 1))) {
      await linkContact(org, id, { contact_id: one.id, role_on_dossier: 'other' });
    }
    const operation = 'listDossierContacts';
    const list = { org, operation, dossier: id, key: 'contact_id' } as const;
    await expectPaged(context, list, already + size + 1);
  },
  fault: ignoreQueryParameters('listDossierContacts', 'page', 'per_page'),
});

export default [listing, person, primaryFlag, personNow, order, pages] satisfies readonly Rule[];
