import fc from 'fast-check';
import type { Organization, RuleContext } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type LinkRole, rolesOnDossier } from '../../contract/resources.ts';
import { raceForPrimary } from '../../faults/concurrency.ts';
import { onLinked } from '../../faults/contacts.ts';
import { onJsonBody, onPage } from '../../faults/inject.ts';
import { createContact, createContacts, deleteContact } from '../../fixtures/contacts.ts';
import { createDossier, createDossiers } from '../../fixtures/dossiers.ts';
import {
  contactsOfDossier,
  findLinked,
  linkContact,
  primariesOfDossier,
  primaryLink,
  unlinkContact,
} from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { aDossierType } from '../../generators/dossiers.ts';

/** The primary contact stays primary while others are unlinked and deleted. */
const expectPrimaryKept = async (org: Organization, id: string): Promise<void> => {
  const { id: primary } = await createContact(org, { full_name: 'Iris Smit' });
  await linkContact(org, id, { contact_id: primary, ...primaryLink });
  const [first, second] = (await contactsOfDossier(org, id))
    .map((one) => one.contact_id)
    .filter((one) => one !== primary);
  if (first !== undefined) await unlinkContact(org, id, first);
  expectEqual(await primariesOfDossier(org, id), [primary], 'still as the primary contact');
  if (second !== undefined) await deleteContact(org, second);
  expectEqual(await primariesOfDossier(org, id), [primary], 'still as the primary contact');
};

/** This contact is primary, and the only one. */
const expectOnlyPrimary = (
  { about }: Pick<RuleContext, 'about'>,
  primaries: readonly string[],
  contact: string,
): void => {
  about('LG-LNK-019');
  if (!primaries.includes(contact)) expectEqual(primaries, [contact], 'as the primary contact');
  about('LG-LNK-020');
  expectEqual(primaries, [contact], 'as the primary contact');
};

const primary = defineRule({
  id: 'links/primary',
  level: 'MUST',
  verifies: ['LG-LNK-019', 'LG-LNK-020'],
  sentence:
    'A contact linked with `is_primary` true replaces the primary contact, which stays on the dossier.',
  needs: [],
  check: async (context) => {
    await context.property(
      [aDossierType(), fc.integer({ min: 1, max: 4 })],
      async (type, count) => {
        const org = await context.organization();
        const { id } = await createDossier(org, { type, name: 'Tulp Logistics' });
        const linked = (await contactsOfDossier(org, id)).map((one) => one.contact_id);
        for (const one of await createContacts(org, plainContacts(count))) {
          const contact_id = one.id;
          context.about('LG-LNK-019');
          const { is_primary } = await linkContact(org, id, { contact_id, ...primaryLink });
          expectEqual(is_primary, true, 'is_primary in the response');
          linked.push(contact_id);
          const listed = await contactsOfDossier(org, id);
          const primaries = listed.filter((other) => other.is_primary);
          const ids = primaries.map((other) => other.contact_id);
          expectOnlyPrimary(context, ids, contact_id);
          const all = listed.map((other) => other.contact_id).sort();
          expectEqual(all, [...linked].sort(), 'the contacts on the dossier');
        }
      },
      6,
    );
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With a primary of any role' });
    for (const role_on_dossier of rolesOnDossier(context.contract)) {
      const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
      const body = { contact_id, role_on_dossier, is_primary: true };
      context.about('LG-LNK-019');
      const exchange = await org.all.send('linkDossierContact', { path: { id }, body });
      // Being primary may require the role `primary`; if the link is accepted, it is primary
      // (LG-LNK-018).
      if (exchange.response.status >= 400) context.expect.refusal(exchange, 400);
      else expectOnlyPrimary(context, await primariesOfDossier(org, id), contact_id);
    }
    context.about('LG-LNK-019');
    await expectPrimaryKept(org, id);
  },
  // A server that doesn't demote the earlier primary contact.
  fault: onLinked((item, links, dossier) => {
    item['is_primary'] ||= links.some(
      ({ dossier_id, contact_id, is_primary }) =>
        dossier_id === dossier && contact_id === item['contact_id'] && is_primary === true,
    );
  }),
});

const noReplacement = defineRule({
  id: 'links/no-usurper',
  level: 'MUST',
  verifies: ['LG-LNK-016'],
  sentence: "A contact linked without `is_primary` doesn't replace the primary contact.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, {
      type: 'sales',
      name: 'With the same primary contact',
    });
    const names = ['Noor Bakker', 'Iris Smit', 'Bram Visser'];
    const drafts = names.map((full_name) => ({ full_name }));
    const [noor, iris, bram] = await createContacts(org, drafts);
    const primary = noor?.id ?? '';
    await linkContact(org, id, { contact_id: primary, ...primaryLink });
    const join = async (contact_id = '', more = {}) => {
      await linkContact(org, id, {
        contact_id,
        role_on_dossier: 'decision_maker',
        ...more,
      });
      expectEqual(await primariesOfDossier(org, id), [primary], 'only the primary contact');
    };
    await join(iris?.id);
    await join(bram?.id, { is_primary: false });
    // Not even a contact that was primary before.
    const sanne = await createContact(org, { full_name: 'Sanne Mulder' });
    await linkContact(org, id, { contact_id: sanne.id, ...primaryLink });
    await unlinkContact(org, id, primary);
    await linkContact(org, id, { contact_id: primary, role_on_dossier: 'champion' });
    expectEqual(await primariesOfDossier(org, id), [sanne.id], 'only the primary contact');
  },
  // A server that makes the latest contact primary.
  fault: onJsonBody(['linkDossierContact'], (body) => ({ is_primary: true, ...body })),
});

const notPrimary = defineRule({
  id: 'links/not-primary',
  level: 'SHOULD',
  verifies: ['LG-LNK-017'],
  sentence:
    "A link without `is_primary` isn't primary, even if it is the first or has the role `primary`.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'Tulp Logistics' });
    for (const { contact_id } of await contactsOfDossier(org, id)) {
      await unlinkContact(org, id, contact_id);
    }
    for (const role_on_dossier of rolesOnDossier(context.contract)) {
      for (const choice of [{}, { is_primary: false }]) {
        const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
        const draft = { contact_id, role_on_dossier, ...choice };
        const { is_primary } = await linkContact(org, id, draft);
        expectEqual(is_primary, false, 'is_primary in the response');
        const listed = await findLinked(org, id, contact_id);
        expectEqual(listed.is_primary, false, 'is_primary in the list');
      }
    }
  },
  fault: onJsonBody(['linkDossierContact'], (body) => ({
    ...body,
    is_primary: body['is_primary'] === true || body['role_on_dossier'] === 'primary',
  })),
});

const primaryInAnyRole = defineRule({
  id: 'links/primary-in-any-role',
  level: 'SHOULD',
  verifies: ['LG-LNK-018'],
  sentence: 'A link with `is_primary` true can have any role.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With a primary of any role' });
    for (const role_on_dossier of rolesOnDossier(context.contract)) {
      const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
      const expected = [role_on_dossier, true];
      const returned = await linkContact(org, id, {
        contact_id,
        role_on_dossier,
        is_primary: true,
      });
      expectEqual(
        [returned.role_on_dossier, returned.is_primary],
        expected,
        'the link in the response',
      );
      const listed = await findLinked(org, id, contact_id);
      expectEqual([listed.role_on_dossier, listed.is_primary], expected, 'the link in the list');
    }
  },
  fault: onJsonBody(['linkDossierContact'], (body) =>
    body['is_primary'] === true ? { ...body, role_on_dossier: 'primary' } : body,
  ),
});

const keptRole = defineRule({
  id: 'links/kept-role',
  level: 'SHOULD',
  verifies: ['LG-LNK-023'],
  sentence: 'A contact that is no longer primary keeps its role, even the role `primary`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'Where one primary follows' });
    const people = ['Noor Bakker', 'Iris Smit'].map((full_name) => ({ full_name }));
    const [noor, iris] = await createContacts(org, people);
    const contact_id = noor?.id ?? '';
    await linkContact(org, id, { contact_id, ...primaryLink });
    await linkContact(org, id, { contact_id: iris?.id ?? '', ...primaryLink });
    const { role_on_dossier, is_primary } = await findLinked(org, id, contact_id);
    expectEqual(
      [role_on_dossier, is_primary],
      ['primary', false],
      'the link of the earlier primary contact',
    );
  },
  fault: onLinked((item) => {
    if (!item['is_primary'] && item['role_on_dossier'] === 'primary') {
      item['role_on_dossier'] = 'other';
    }
  }),
});

const noHeir = defineRule({
  id: 'links/no-heir',
  level: 'SHOULD',
  verifies: ['LG-LNK-031'],
  sentence: 'Unlinking the primary contact leaves the dossier without a primary contact.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'Without a primary' });
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor = '', iris = ''] = (await createContacts(org, people)).map((one) => one.id);
    await linkContact(org, id, { contact_id: iris, role_on_dossier: 'champion' });
    await linkContact(org, id, { contact_id: noor, ...primaryLink });
    await unlinkContact(org, id, noor);
    expectEqual(await primariesOfDossier(org, id), [], 'the primary contacts');
  },
  fault: onPage(['listDossierContacts'], ({ data }) => {
    const [first] = data;
    if (first && !data.some((item) => item['is_primary'])) first['is_primary'] = true;
  }),
});

const otherDossiers = defineRule({
  id: 'links/other-dossiers',
  level: 'MUST',
  verifies: ['LG-LNK-022'],
  sentence:
    "Changing the primary contact of one dossier doesn't change the links of other dossiers.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const names = ['Where the primary changes', 'Where the primary stays'];
    const drafts = names.map((name) => ({ type: 'sales', name }) as const);
    const [here, there] = (await createDossiers(org, drafts)).map(({ id }) => id);
    const people = ['Noor Bakker', 'Iris Smit', 'Bram Visser'].map((full_name) => ({ full_name }));
    const ids = (await createContacts(org, people)).map(({ id }) => id);
    const [noor = '', iris = '', bram = ''] = ids;
    const roles = async (dossier = '') => {
      const listed = await contactsOfDossier(org, dossier);
      return listed.map((one) => [one.contact_id, one.role_on_dossier, one.is_primary]).sort();
    };
    const join = (dossier = '', contact_id = '', more: object = primaryLink) =>
      linkContact(org, dossier, { contact_id, role_on_dossier: 'champion', ...more });
    for (const dossier of [here, there]) {
      await join(dossier, noor);
      await join(dossier, iris, { is_primary: false });
    }
    const before = await roles(there);
    // A contact that is on no other dossier.
    await join(here, bram);
    expectEqual(await roles(there), before, 'the links of the other dossier as before,');
    await unlinkContact(org, here ?? '', noor);
    expectEqual(await roles(there), before, 'the links of the other dossier as before,');
    // The response to linking an already linked contact is another decision.
    const body = { contact_id: iris, role_on_dossier: 'gatekeeper' };
    await org.all.send('linkDossierContact', { path: { id: here ?? '' }, body });
    expectEqual(await roles(there), before, 'the links of the other dossier as before,');
    // A contact that is already primary elsewhere.
    await join(there, bram);
    expectEqual(await primariesOfDossier(org, here ?? ''), [bram], 'the primary contact there');
  },
  // A server that demotes primary contacts on other dossiers too.
  fault: onLinked((item, links) => {
    const primary = links.findLast(({ is_primary }) => is_primary === true);
    item['is_primary'] &&= primary?.['contact_id'] === item['contact_id'];
  }),
});

type Step =
  | { readonly who: number; readonly role: LinkRole; readonly primary: boolean }
  | { readonly undo: number };

const onePrimary = defineRule({
  id: 'links/one-primary',
  level: 'MUST',
  verifies: ['LG-LNK-021'],
  sentence:
    'After any sequence of linking, linking again and unlinking, at most one contact is primary.',
  needs: [],
  check: async (context) => {
    const aRole = () => fc.constantFrom(...rolesOnDossier(context.contract));
    const aStep = fc.record({ who: fc.nat(2), role: aRole(), primary: fc.boolean() });
    const anUndoing = fc.record({ undo: fc.nat(2) });
    const steps = fc.array(fc.oneof({ weight: 3, arbitrary: aStep }, anUndoing), {
      minLength: 2,
      maxLength: 8,
    });
    const expectOne = async (sequence: readonly Step[]) => {
      const org = await context.organization();
      const { id } = await createDossier(org, { type: 'sales', name: 'Tulp Logistics' });
      const ids = (await createContacts(org, plainContacts(3))).map((one) => one.id);
      for (const step of sequence) {
        const contact_id = ids['undo' in step ? step.undo : step.who] ?? '';
        // Repeated linking and invalid unlinking may be refused; other rules check that.
        if ('undo' in step)
          await org.all.send('unlinkDossierContact', { path: { id, contact_id } });
        else {
          const body = { contact_id, role_on_dossier: step.role, is_primary: step.primary };
          await org.all.send('linkDossierContact', { path: { id }, body });
        }
        const primaries = await primariesOfDossier(org, id);
        expectThat(primaries.length <= 1, 'at most one primary contact', () => primaries);
      }
    };
    // A contact that is already on the dossier becomes primary.
    const place = { role: 'primary', primary: true } as const;
    await expectOne([
      { who: 0, role: 'champion', primary: false },
      { who: 1, ...place },
      { who: 0, ...place },
    ]);
    await context.property([steps], expectOne);
  },
  // A server that treats the role `primary` as `is_primary`.
  fault: onLinked((item) => {
    item['is_primary'] ||= item['role_on_dossier'] === 'primary';
  }),
});

const simultaneousPrimaries = defineRule({
  id: 'links/simultaneous-primaries',
  level: 'MUST',
  verifies: ['LG-LNK-021'],
  sentence: 'Of several contacts linked as primary simultaneously, at most one is primary.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, {
      type: 'sales',
      name: 'With many at the same moment',
    });
    for (let round = 1; round <= 3; round += 1) {
      const contacts = await createContacts(org, plainContacts(5));
      await Promise.all(
        contacts.map(({ id: contact_id }) => {
          const body = { contact_id, ...primaryLink };
          return org.all.send('linkDossierContact', { path: { id }, body });
        }),
      );
      const primaries = await primariesOfDossier(org, id);
      expectThat(primaries.length <= 1, 'at most one primary contact', () => primaries);
    }
  },
  fault: raceForPrimary,
});

export default [
  primary,
  noReplacement,
  notPrimary,
  primaryInAnyRole,
  keptRole,
  noHeir,
  otherDossiers,
  onePrimary,
  simultaneousPrimaries,
] satisfies readonly Rule[];
