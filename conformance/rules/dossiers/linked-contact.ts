import { contactsAddedBy, onlyContactOf } from '../../assertions/contacts-of-dossiers.ts';
import { isPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactFields, type Dossier, dossierTypes } from '../../contract/resources.ts';
import { alsoCreateContact, overwriteContact } from '../../faults/contacts.ts';
import { ignoreField, onData, onPage } from '../../faults/inject.ts';
import {
  createContact,
  retrieveContact,
  unusedEmail,
  withUnusedEmail,
} from '../../fixtures/contacts.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { createDossierInFormat, creationFormats } from '../../fixtures/forms.ts';
import { findLinked } from '../../fixtures/links-and-notes.ts';
import { aDossierType } from '../../generators/dossiers.ts';
import { aText } from '../../generators/values.ts';

/** Two contacts with the same name and phone. */
const namesakes = ['Planner', 'Buyer'].map((role) => ({ role, phone: '+31612345678' }));

const ownContact = defineRule({
  id: 'dossiers/own-contact',
  level: 'MUST',
  verifies: ['LG-DOS-058', 'LG-CON-053'],
  sentence:
    'Creating a dossier without `contact_id` creates a contact and links it to the dossier.',
  needs: ['fresh-organizations'],
  check: (context) =>
    context.property(
      [aDossierType(), aText(), aText()],
      async (type, name, company) => {
        const org = await context.organization();
        for (const [index, way] of creationFormats.entries()) {
          const email = `noor.${String(index)}@example.com`;
          for (const more of [{}, { email }, { company }, ...namesakes]) {
            const made = Object.keys(more).join();
            const draft = { type, name: `${name} by ${way} ${made}`.trim(), ...more };
            const linked: string[] = [];
            context.about('LG-DOS-058');
            const newContacts = await contactsAddedBy(org, async () => {
              const { id } = await createDossierInFormat(org, way, draft);
              const { contact } = await onlyContactOf(org, id);
              context.about('LG-CON-053');
              expectEqual(contact.dossier_count, 1, 'the dossier_count of the new contact');
              linked.push(contact.id);
            });
            context.about('LG-DOS-058');
            expectEqual(newContacts, linked, 'the new contact, linked to the dossier,');
          }
        }
      },
      3,
    ),
  // A server that creates a contact only for a dossier with an address.
  fault: onPage(['listDossierContacts'], ({ data }) => {
    if (data[0]?.['email'] === null) data.shift();
  }),
});

const givenContact = defineRule({
  id: 'dossiers/given-contact',
  level: 'MUST',
  verifies: ['LG-DOS-052'],
  sentence: 'Creating a dossier with `contact_id` links that contact to the dossier.',
  needs: [],
  check: (context) =>
    context.property(
      [aDossierType(), aText(), aText()],
      async (type, name, full_name) => {
        const org = await context.organization();
        const { id: contact_id } = await createContact(org, { full_name });
        for (const way of creationFormats) {
          const draft = { type, name: `${name} by ${way}`, contact_id };
          const { id } = await createDossierInFormat(org, way, draft);
          await findLinked(org, id, contact_id);
        }
        // A contact with the dossier's address doesn't replace the given one.
        const other = { full_name, email: 'noor@example.com' };
        const { email } = await createContact(org, await withUnusedEmail(org, other));
        const body = { type, name: `${name} with an address`, email, contact_id };
        const exchange = await org.all.send('createDossier', { body });
        // Such a conflict may be refused (LG-DOS-064).
        if (isPermittedRefusal(context, exchange, ['LG-DOS-064'])) return;
        context.expect.success(exchange);
        await findLinked(org, (dataOf(exchange.json) as Dossier).id, contact_id);
      },
      5,
    ),
  fault: ignoreField('createDossier', 'contact_id'),
});

const givenContactAlone = defineRule({
  id: 'dossiers/given-contact-alone',
  level: 'MUST',
  verifies: ['LG-DOS-053'],
  sentence: 'Creating a dossier with `contact_id` creates no contact.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      for (const way of creationFormats) {
        const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
        const email = `iris.${type}.${way.length}@example.com`;
        const person = type === 'sales' ? [{ contact_person: 'Iris Maas' }] : [];
        for (const [index, more] of [{ phone: '+31612345678' }, { email }, ...person].entries()) {
          const draft = { type, name: `${type} by ${way}, ${String(index)}`, ...more, contact_id };
          const newContacts = await contactsAddedBy(org, () =>
            createDossierInFormat(org, way, draft),
          );
          expectEqual(newContacts, [], 'the new contacts');
        }
      }
    }
  },
  // A server that creates a contact for every dossier, and then links the given one.
  fault: alsoCreateContact,
});

const givenContactUntouched = defineRule({
  id: 'dossiers/given-contact-untouched',
  level: 'SHOULD',
  verifies: ['LG-DOS-057'],
  sentence:
    "Creating a dossier with `contact_id` doesn't change that contact, whatever other fields are sent.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const values = { phone: '+31612345678', company: 'Tulp', role: 'Buyer' };
    for (const known of [{}, values]) {
      const draft = { full_name: 'Noor Bakker', ...known };
      const { id: contact_id } = await createContact(org, draft);
      const before = await retrieveContact(org, contact_id);
      await createDossier(org, {
        ...{ type: 'sales', name: 'With other details', contact_id },
        ...{ phone: '+3225551212', company: 'Tulp Logistics', role: 'Director' },
        email: await unusedEmail(org),
      });
      const after = await retrieveContact(org, contact_id);
      for (const name of contactFields(context.contract)) {
        if (name === 'dossier_count') continue;
        expectEqual(after[name] ?? null, before[name] ?? null, `${name} as before,`);
      }
    }
  },
  fault: overwriteContact,
});

const ownContactPrimary = defineRule({
  id: 'dossiers/own-contact-primary',
  level: 'SHOULD',
  verifies: ['LG-DOS-063'],
  sentence: 'The contact created with a dossier is its primary contact, with the role `primary`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      for (const way of creationFormats) {
        const draft = { type, name: `With its own contact, ${type} by ${way}` };
        const { id } = await createDossierInFormat(org, way, draft);
        const { listed } = await onlyContactOf(org, id);
        const link = [listed.role_on_dossier, listed.is_primary];
        expectEqual(link, ['primary', true], 'the role and is_primary of the contact');
      }
    }
  },
  fault: onData(['listDossierContacts'], (item) => {
    item['is_primary'] = false;
  }),
});

const givenContactPrimary = defineRule({
  id: 'dossiers/given-contact-primary',
  level: 'SHOULD',
  verifies: ['LG-DOS-056'],
  sentence:
    'A contact linked by `contact_id` is the primary contact of the new dossier, with the role `primary`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      for (const way of creationFormats) {
        const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
        const draft = { type, name: `For Noor, ${type} by ${way}`, contact_id };
        const { id } = await createDossierInFormat(org, way, draft);
        const { listed } = await onlyContactOf(org, id);
        const link = [listed.contact_id, listed.role_on_dossier, listed.is_primary];
        expectEqual(link, [contact_id, 'primary', true], 'the link of the contact');
      }
    }
  },
  fault: onData(['listDossierContacts'], (item) => {
    item['role_on_dossier'] = 'other';
  }),
});

export default [
  ownContact,
  givenContact,
  givenContactAlone,
  givenContactUntouched,
  ownContactPrimary,
  givenContactPrimary,
] satisfies readonly Rule[];
