import fc from 'fast-check';
import {
  comparableContactValue,
  expectContactKept,
  updateAndViewContact,
} from '../../assertions/contacts.ts';
import { expectOtherFieldsUnchanged, viewDossier } from '../../assertions/dossiers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type ContactChanges, contactKinds, dossierTypes } from '../../contract/resources.ts';
import { answerForFirstPath } from '../../faults/applied-requests.ts';
import { type Fault, onData, onResponse } from '../../faults/inject.ts';
import {
  createContact,
  createContacts,
  deleteContact,
  documentedFieldsOf,
  findListedContact,
  retrieveContact,
  unusedEmail,
  updateContact,
} from '../../fixtures/contacts.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { contactsOfDossier, linkContact, primaryLink } from '../../fixtures/links-and-notes.ts';
import { aFullContact, someContactUpdates, someKinds } from '../../generators/contacts.ts';
import { aText } from '../../generators/values.ts';

const changeAnswer = defineRule({
  id: 'contacts/change-answer',
  level: 'MUST',
  verifies: ['LG-CON-057'],
  sentence: 'Updating a contact returns its id and the new values of `kind` and `city`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const some = someKinds(contactKinds(context.contract));
    await context.property(
      [some, some, aText()],
      async (before, kind, city) => {
        const draft = { full_name: 'Noor Bakker', kind: before, city: 'Breda' };
        const { id } = await createContact(org, draft);
        for (const changes of [{ kind, city }, { city: 'Delft' }, { kind: before }]) {
          const seen = await updateAndViewContact(org, id, changes);
          expectEqual(seen.returned.id, id, 'the id of the updated contact');
          expectContactKept(seen, changes, ['returned']);
        }
      },
      6,
    );
  },
  fault: onData(['updateContact'], (contact) => {
    delete contact['kind'];
  }),
});

const changedFieldsAnswered = defineRule({
  id: 'contacts/changed-fields-answered',
  level: 'MUST',
  verifies: ['LG-CON-057', 'LG-CON-084'],
  sentence: 'Updating a contact returns its id and the new value of each field that was sent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const expectAnswered = async (id: string, changes: ContactChanges) => {
      context.about('LG-CON-057');
      const returned = await updateContact(org, id, changes);
      expectEqual(returned.id, id, 'the id of the updated contact');
      for (const [name, value] of Object.entries(changes)) {
        context.about(name === 'kind' || name === 'city' ? 'LG-CON-057' : 'LG-CON-084');
        const shown = comparableContactValue(name, returned[name as keyof ContactChanges]);
        expectEqual(
          shown,
          comparableContactValue(name, value),
          `${name} in the response to the update`,
        );
      }
    };
    const kinds = contactKinds(context.contract);
    await context.property(
      [aFullContact(kinds), fc.boolean()],
      async (whole, together) => {
        const { id } = await createContact(org, { full_name: 'Noor Bakker' });
        const changes = { ...whole, email: await unusedEmail(org) };
        // Each field alone, since its response must not depend on others.
        const each = Object.entries(changes).map(([name, value]) => ({ [name]: value }));
        for (const some of together ? [changes] : each) await expectAnswered(id, some);
      },
      4,
    );
  },
  // A server that returns only the fields of the example.
  fault: onData(['updateContact'], (contact) => {
    for (const name of ['full_name', 'email', 'phone', 'notes']) {
      Reflect.deleteProperty(contact, name);
    }
  }),
});

const oneContact = defineRule({
  id: 'contacts/one-contact',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056', 'LG-CON-074'],
  sentence:
    'Updating or deleting a contact changes that contact and no other, not even one with the same name.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const kinds = contactKinds(context.contract);
    await context.property(
      [someContactUpdates(kinds), someContactUpdates(kinds)],
      async (first, second) => {
        const email = await unusedEmail(org);
        const draft = { full_name: 'Noor Bakker', company: 'Tulp Logistics' };
        const drafts = [draft, { ...draft, email }, draft];
        const [one, two, three] = await createContacts(org, drafts);
        if (!one || !two || !three) return;
        const read = async () =>
          documentedFieldsOf(context.contract, await findListedContact(org, two.id));
        const before = await read();
        context.about('LG-CON-055');
        await updateContact(org, one.id, first);
        await updateContact(org, three.id, second);
        expectEqual(await read(), before, 'the other contact as before,');
        await updateContact(org, two.id, { city: 'Ede' });
        context.about('LG-CON-055', 'LG-CON-056');
        expectEqual(await read(), { ...before, city: 'Ede' }, 'the named contact,');
        context.about('LG-CON-074');
        await deleteContact(org, three.id);
        expectEqual(await read(), { ...before, city: 'Ede' }, 'the other contact as before,');
      },
      5,
    );
  },
  // A server that caches the contact of the first request.
  fault: answerForFirstPath('updateContact'),
});

/** A server that shows the current company of a contact on its dossiers. */
const followContact: Fault = (fetch, name) => {
  let company: unknown;
  const alter = onResponse(['updateContact', 'getDossier'], (response, request) => {
    const { data } = response.body as { data: Record<string, unknown> };
    if (request.method === 'PATCH') company = data['company'];
    else if (company !== undefined) data['company'] = company;
  });
  return alter(fetch, name);
};

const dossiersKeepTheirs = defineRule({
  id: 'contacts/dossiers-keep-theirs',
  level: 'SHOULD',
  verifies: ['LG-CON-073'],
  sentence: "Updating a contact doesn't change the fields of its dossiers.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const email = await unusedEmail(org);
      const details = { phone: '+31612345678', company: 'Tulp Logistics', role: 'Planner' };
      const draft = { type, name: 'Noor Bakker', ...details };
      const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
      const dossiers = [
        await createDossier(org, { ...draft, email }),
        await createDossier(org, { ...draft, contact_id }),
      ];
      for (const [index, dossier] of dossiers.entries()) {
        const before = await viewDossier(org, dossier.id);
        const changes = { full_name: 'Iris', phone: '+3225551212', company: 'Linde', role: 'CEO' };
        for (const { contact_id: id } of await contactsOfDossier(org, dossier.id)) {
          const address = `${String(index)}.${email}`;
          await updateContact(org, id, { ...changes, email: address });
          await updateContact(org, id, { company: null, role: null, email: null });
        }
        const after = await viewDossier(org, dossier.id);
        expectOtherFieldsUnchanged(context, before, { returned: { id: dossier.id }, ...after });
      }
    }
  },
  fault: followContact,
});

/** Longer than a second, the precision of timestamps. */
const pause = 1.1;

const keptCreatedAt = defineRule({
  id: 'contacts/kept-created-at',
  level: 'MUST',
  verifies: ['LG-CON-056'],
  sentence: "Updating a contact doesn't change its `created_at`.",
  needs: [],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createContact(org, { full_name: 'Noor Bakker' });
    const dossier = await createDossier(org, { type: 'sales', name: 'For a contact' });
    // The precision of a timestamp may depend on the place.
    const read = async () => ({
      retrieved: (await retrieveContact(org, id)).created_at ?? null,
      listed: (await findListedContact(org, id)).created_at ?? null,
    });
    const before = await read();
    await context.wait(pause);
    await updateContact(org, id, { city: 'Breda' });
    expectEqual(await read(), before, 'created_at as before the update,');
    await linkContact(org, dossier.id, { contact_id: id, ...primaryLink });
    expectEqual(await read(), before, 'created_at as before the link,');
  },
  // A server that updates created_at with every write.
  fault: onData(['getContact', 'listContacts'], (contact) => {
    contact['created_at'] = new Date().toISOString();
  }),
});

export default [
  changeAnswer,
  changedFieldsAnswered,
  oneContact,
  dossiersKeepTheirs,
  keptCreatedAt,
] satisfies readonly Rule[];
