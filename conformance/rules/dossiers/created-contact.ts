import fc from 'fast-check';
import { contactsAddedBy, onlyContactOf } from '../../assertions/contacts-of-dossiers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactFields, dossierTypes } from '../../contract/resources.ts';
import { ignoreField, onData } from '../../faults/inject.ts';
import { createContact, retrieveContact, withUnusedEmail } from '../../fixtures/contacts.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { createDossierInFormat, creationFormats } from '../../fixtures/forms.ts';
import { contactsOfDossier } from '../../fixtures/links-and-notes.ts';
import { aDossierType } from '../../generators/dossiers.ts';
import { anEmail, aPhone, aText } from '../../generators/values.ts';

const candidateContactName = defineRule({
  id: 'dossiers/candidate-contact-name',
  level: 'SHOULD',
  verifies: ['LG-DOS-059'],
  sentence: 'The contact created with a candidate has the `name` of the dossier.',
  needs: [],
  check: (context) =>
    context.property([aText()], async (name) => {
      const org = await context.organization();
      const { id } = await createDossier(org, { type: 'candidate', name, company: 'Tulp' });
      const { listed, contact } = await onlyContactOf(org, id);
      expectEqual(listed.full_name, name, 'the full name in the list');
      expectEqual(contact.full_name, name, 'the full name of the contact');
    }),
  // A server that names contacts by their first name.
  fault: onData(['listDossierContacts'], (item) => {
    item['full_name'] = String(item['full_name']).split(' ')[0];
  }),
});

const salesContactName = defineRule({
  id: 'dossiers/sales-contact-name',
  level: 'SHOULD',
  verifies: ['LG-DOS-060'],
  sentence:
    'The contact created with a sales dossier is named after `contact_person`, or else after `name`.',
  needs: [],
  check: (context) => {
    const aPerson = fc.option(aText(), { nil: undefined });
    return context.property([aText(), aPerson], async (name, contact_person) => {
      const org = await context.organization();
      const person = contact_person === undefined ? {} : { contact_person };
      const { id } = await createDossier(org, { type: 'sales', name, ...person });
      const { listed, contact } = await onlyContactOf(org, id);
      expectEqual(listed.full_name, contact_person ?? name, 'the full name in the list');
      expectEqual(contact.full_name, contact_person ?? name, 'the full name of the contact');
    });
  },
  fault: ignoreField('createDossier', 'contact_person'),
});

const kinds = { candidate: ['candidate'], sales: ['prospect'] } as const;

const contactKind = defineRule({
  id: 'dossiers/contact-kind',
  level: 'SHOULD',
  verifies: ['LG-DOS-062'],
  sentence:
    'The contact created with a candidate has the kind `candidate`, and that created with a sales dossier the kind `prospect`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of ['candidate', 'sales'] as const) {
      const { id } = await createDossier(org, { type, name: `A contact by kind, ${type}` });
      const { contact } = await onlyContactOf(org, id);
      expectEqual(contact.kind, kinds[type], `the kinds of the contact of a ${type} dossier`);
    }
  },
  fault: onData(['getContact'], (contact) => {
    contact['kind'] = [];
  }),
});

const contactTakesOver = defineRule({
  id: 'dossiers/contact-takes-over',
  level: 'SHOULD',
  verifies: ['LG-DOS-061'],
  sentence: 'The contact created with a dossier gets its `email`, `phone`, `company` and `role`.',
  needs: [],
  check: (context) =>
    context.property(
      [aDossierType(), anEmail(), aPhone(), aText(), aText()],
      async (type, address, phone, company, role) => {
        const org = await context.organization();
        const drafted = { email: address, phone, company, role };
        const sent = await withUnusedEmail(org, drafted);
        const { id } = await createDossier(org, { type, name: 'Noor Bakker', ...sent });
        const { listed, contact } = await onlyContactOf(org, id);
        const taken = { phone: contact.phone, role: contact.role };
        const { company: employer, email } = contact;
        expectEqual({ ...taken, company: employer, email }, sent, 'the contact');
        const shown = [listed.email, listed.company];
        expectEqual(shown, [sent.email, company], 'the address and company in the list');
      },
    ),
  fault: ignoreField('createDossier', 'phone'),
});

const knownAddress = defineRule({
  id: 'dossiers/known-address',
  level: 'SHOULD',
  verifies: ['LG-DOS-064'],
  sentence:
    'A contact that already has the `email` of a new dossier is linked unchanged instead of a new one.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const person = { full_name: 'Noor Bakker', email: 'noor@example.com', company: 'Tulp' };
    const { id: contact_id } = await createContact(org, person);
    const before = await retrieveContact(org, contact_id);
    for (const type of dossierTypes(context.contract)) {
      for (const email of [person.email, 'Noor@Example.COM']) {
        for (const way of creationFormats) {
          const draft = { type, name: 'Iris Smit', company: 'Lelie', phone: '+3225551212', email };
          const linked: string[] = [];
          const newContacts = await contactsAddedBy(org, async () => {
            const { id } = await createDossierInFormat(org, way, draft);
            for (const one of await contactsOfDossier(org, id)) linked.push(one.contact_id);
          });
          expectEqual(
            [newContacts, linked],
            [[], [contact_id]],
            'the new contacts and those linked',
          );
        }
      }
    }
    const after = await retrieveContact(org, contact_id);
    for (const name of contactFields(context.contract).filter((one) => one !== 'dossier_count')) {
      expectEqual(after[name] ?? null, before[name] ?? null, `${name} as before,`);
    }
  },
  // A server that creates a contact without an address if the address is in use.
  fault: ignoreField('createDossier', 'email'),
});

export default [
  candidateContactName,
  salesContactName,
  contactKind,
  contactTakesOver,
  knownAddress,
] satisfies readonly Rule[];
