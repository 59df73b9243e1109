import fc from 'fast-check';
import { expectNotLinked } from '../../assertions/contacts-of-dossiers.ts';
import { unknownIdLike } from '../../assertions/foreign-ids.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { rolesOnDossier } from '../../contract/resources.ts';
import { linkUnknownContact, onLinked, replaceRefusedValues } from '../../faults/contacts.ts';
import { onData, onJsonBody } from '../../faults/inject.ts';
import { refuseWithOther } from '../../faults/refusals.ts';
import {
  createContact,
  createContacts,
  deleteContact,
  retrieveContact,
} from '../../fixtures/contacts.ts';
import { createDossier, createDossiers } from '../../fixtures/dossiers.ts';
import {
  findLinked,
  linkContact,
  primaryLink,
  unlinkContact,
} from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { aDossierType } from '../../generators/dossiers.ts';
import { anUnlistedValue, inheritedNames } from '../../generators/values.ts';

const answer = defineRule({
  id: 'links/answer',
  level: 'MUST',
  verifies: ['LG-LNK-024'],
  sentence: 'Linking returns `dossier_id`, `contact_id`, `role_on_dossier` and `is_primary`.',
  needs: [],
  check: (context) => {
    const aLink = fc.oneof(
      fc.constant(primaryLink),
      fc.record({ role_on_dossier: fc.constantFrom(...rolesOnDossier(context.contract)) }),
    );
    return context.property([aDossierType(), aLink], async (type, draft) => {
      const org = await context.organization();
      const { id } = await createDossier(org, { type, name: 'Tulp Logistics' });
      const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
      // It is already on another dossier.
      await createDossier(org, { type, name: 'Linde', contact_id });
      const link = await linkContact(org, id, { contact_id, ...draft });
      const { role_on_dossier, is_primary } = await findLinked(org, id, contact_id);
      expectEqual(link.dossier_id, id, 'dossier_id');
      expectEqual(link.contact_id, contact_id, 'contact_id');
      expectEqual(link.role_on_dossier, draft.role_on_dossier, 'role_on_dossier');
      const shown = [link.role_on_dossier, link.is_primary];
      expectEqual(shown, [role_on_dossier, is_primary], 'the link as it is listed,');
    });
  },
  // A server that returns the link as in the list, without the dossier.
  fault: onData(['linkDossierContact'], (data) => {
    delete data['dossier_id'];
  }),
});

const roles = defineRule({
  id: 'links/roles',
  level: 'MUST',
  verifies: ['LG-LNK-001', 'LG-LNK-002', 'LG-LNK-003', 'LG-LNK-010'],
  sentence: 'A contact has a separate role on each of its dossiers, as it was sent.',
  needs: [],
  check: (context) =>
    context.property(
      // All different: whether a second `primary` changes the first is a decision.
      [fc.shuffledSubarray([...rolesOnDossier(context.contract)], { minLength: 2, maxLength: 3 })],
      async (roles) => {
        const org = await context.organization();
        const people = roles.map((role) => ({ full_name: `The ${role}` }));
        const contacts = await createContacts(org, people);
        const drafts = ['candidate', 'sales'] as const;
        const dossiers = await createDossiers(
          org,
          drafts.map((type) => ({ type, name: type })),
        );
        const linkings = dossiers.flatMap(({ id }, turn) =>
          contacts.map(({ id: contact_id }, index) => {
            const role_on_dossier = roles[(index + turn) % roles.length] ?? 'other';
            return { id, draft: { contact_id, role_on_dossier } };
          }),
        );
        context.about('LG-LNK-010');
        for (const { id, draft } of linkings) {
          const { role_on_dossier } = await linkContact(org, id, draft);
          context.about('LG-LNK-001');
          expectEqual(role_on_dossier, draft.role_on_dossier, 'the role in the response');
          context.about('LG-LNK-010');
        }
        // The last link first: it was replaced neither on its dossier nor with its contact.
        const last = linkings.at(-1);
        for (const { id, draft } of linkings.toReversed()) {
          if (draft === last?.draft) context.about('LG-LNK-001', 'LG-LNK-010');
          else context.about(id === last?.id ? 'LG-LNK-002' : 'LG-LNK-003');
          const { role_on_dossier } = await findLinked(org, id, draft.contact_id);
          expectEqual(role_on_dossier, draft.role_on_dossier, 'the role in the list');
        }
      },
      5,
    ),
  // A server that stores the role with the contact instead of the link.
  fault: onLinked((item, links) => {
    const last = links.findLast(({ contact_id }) => contact_id === item['contact_id']);
    if (last) item['role_on_dossier'] = last['role_on_dossier'];
  }),
});

const roleValues = defineRule({
  id: 'links/role-values',
  level: 'MUST',
  verifies: ['LG-LNK-015'],
  sentence: 'Each of the documented roles is accepted, and any other role is refused.',
  needs: [],
  check: async (context) => {
    const { contract, expect, organization, property } = context;
    const org = await organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'For roles of all sorts' });
    const roles = rolesOnDossier(contract);
    const newcomer = async () => (await createContact(org, { full_name: 'Noor Bakker' })).id;
    for (const role_on_dossier of roles) {
      const contact_id = await newcomer();
      await linkContact(org, id, { contact_id, role_on_dossier });
      const listed = await findLinked(org, id, contact_id);
      expectEqual(listed.role_on_dossier, role_on_dossier, 'the role in the list');
    }
    const contact_id = await newcomer();
    // Similar texts that a lenient server might accept.
    const likenesses = roles.flatMap((role) => [`${role}s`, `${role}_2`, role.replace('_', '-')]);
    // Parts of roles, and inherited property names.
    const parts = ['prim', 'keeper', 'manager', ...inheritedNames];
    const others = [...likenesses, ...parts].filter((one) => !roles.some((role) => role === one));
    for (const role_on_dossier of [...others, 'hiring manager', 'hiringManager', '']) {
      const body = { contact_id, role_on_dossier };
      expect.refusal(await org.all.send('linkDossierContact', { path: { id }, body }), 400);
    }
    await property(
      [anUnlistedValue({ values: roles, required: true })],
      async (role_on_dossier) => {
        const body = { contact_id, role_on_dossier };
        expect.refusal(await org.all.send('linkDossierContact', { path: { id }, body }), 400);
      },
    );
    await linkContact(org, id, { contact_id, role_on_dossier: 'other' });
  },
  // A server that stores every unknown role as other.
  fault: replaceRefusedValues({ role_on_dossier: 'other' }),
});

const missingField = defineRule({
  id: 'links/missing-field',
  level: 'MUST',
  verifies: ['LG-LNK-011', 'LG-LNK-014'],
  sentence: 'Linking needs `contact_id` and `role_on_dossier`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const { id } = await createDossier(org, { type: 'sales', name: 'Linked without a word' });
    const whole = (await createContacts(org, people)).map(({ id: contact_id }) => ({
      contact_id,
      role_on_dossier: 'hiring_manager' as const,
    }));
    const [first, second] = whole;
    if (!first || !second) return;
    const { contact_id } = first;
    const { role_on_dossier } = second;
    for (const [requirement, incomplete, control] of [
      ['LG-LNK-014', { contact_id }, first],
      ['LG-LNK-011', { role_on_dossier }, second],
    ] as const) {
      context.about(requirement);
      for (const more of [{}, { is_primary: false }, { is_primary: true }]) {
        const request = { path: { id }, body: { ...incomplete, ...more } };
        context.expect.refusal(await org.all.send('linkDossierContact', request), 400);
      }
      await linkContact(org, id, control);
    }
  },
  // A server with a default role.
  fault: onJsonBody(['linkDossierContact'], (body) => ({ role_on_dossier: 'other', ...body })),
});

const unknownContact = defineRule({
  id: 'links/unknown-contact',
  level: 'MUST',
  verifies: ['LG-LNK-012'],
  sentence: "Linking a contact that doesn't exist is refused, and nothing is linked.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'With an unknown contact' });
    await context.property(
      [fc.uuid({ version: 4 })],
      async (unknown) => {
        const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
        await expectNotLinked(org, id, unknown, contact_id);
      },
      3,
    );
    // Nor can a deleted one, whether it was on the dossier or not.
    const drafts = plainContacts(3);
    const [former = '', unknownCaller = '', control = ''] = (await createContacts(org, drafts)).map(
      (one) => one.id,
    );
    await linkContact(org, id, { contact_id: former, role_on_dossier: 'champion' });
    for (const gone of [former, unknownCaller]) {
      await deleteContact(org, gone);
      await expectNotLinked(org, id, gone, control);
      await unlinkContact(org, id, control);
    }
  },
  fault: linkUnknownContact,
});

const foreignContact = defineRule({
  id: 'links/foreign-contact',
  level: 'MUST',
  verifies: ['LG-LNK-012'],
  sentence: 'Linking a contact of another organisation is refused, and nothing is linked.',
  needs: ['second-organization'],
  check: async (context) => {
    const { organization } = context;
    const [ours, theirs] = [await organization(), await organization({ second: true })];
    const { id } = await createDossier(ours, { type: 'sales', name: 'With a foreign contact' });
    const { id: foreign } = await createContact(theirs, { full_name: 'Noor Bakker' });
    const { id: own } = await createContact(ours, { full_name: 'Iris Smit' });
    await expectNotLinked(ours, id, foreign, own);
    const { dossier_count } = await retrieveContact(theirs, foreign);
    expectEqual(dossier_count, 0, 'the dossier_count of the foreign contact');
  },
  fault: linkUnknownContact,
});

const notFound = defineRule({
  id: 'links/not-found',
  level: 'SHOULD',
  verifies: ['LG-LNK-013'],
  sentence:
    "Linking a contact that doesn't exist in the organisation is refused with 404 not_found.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, {
      type: 'sales',
      name: 'With a contact that is not found',
    });
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    const draft = { contact_id, role_on_dossier: 'champion' } as const;
    const body = { ...draft, contact_id: unknownIdLike(contact_id) };
    const invalid = await org.all.send('linkDossierContact', { path: { id }, body });
    context.expect.refusal(invalid, 404);
    await linkContact(org, id, draft);
  },
  fault: refuseWithOther('linkDossierContact', 404, 400, 'invalid_body'),
});

export default [
  answer,
  roles,
  roleValues,
  missingField,
  unknownContact,
  foreignContact,
  notFound,
] satisfies readonly Rule[];
