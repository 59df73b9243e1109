import {
  changeAndViewContact,
  expectContactChangeShown,
  expectContactKept,
} from '../../assertions/contacts.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds } from '../../contract/resources.ts';
import { type Fault, ignoreField, onData, onJsonBody } from '../../faults/inject.ts';
import { createContact, unusedEmail } from '../../fixtures/contacts.ts';
import { aProfile, someKinds } from '../../generators/contacts.ts';
import { aPhone, aText } from '../../generators/values.ts';

const changedName = defineRule({
  id: 'contacts/changed-name',
  level: 'MUST',
  verifies: ['LG-CON-058'],
  sentence: 'After an update of full_name, the contact has the new name.',
  needs: [],
  check: (context) =>
    expectContactChangeShown(context, 'full_name', aText(), ['retrieved', 'listed']),
  // A server that ignores updates of the name.
  fault: ignoreField('updateContact', 'full_name'),
});

const changedPhone = defineRule({
  id: 'contacts/changed-phone',
  level: 'MUST',
  verifies: ['LG-CON-063'],
  sentence: 'After an update of phone, the contact has the new number.',
  needs: [],
  check: (context) => expectContactChangeShown(context, 'phone', aPhone(), ['listed']),
  fault: ignoreField('updateContact', 'phone'),
});

const changedLinkedinUrl = defineRule({
  id: 'contacts/changed-linkedin-url',
  level: 'MUST',
  verifies: ['LG-CON-064'],
  sentence: 'After an update of linkedin_url, the contact has the new profile URL.',
  needs: [],
  check: (context) => expectContactChangeShown(context, 'linkedin_url', aProfile(), ['listed']),
  fault: ignoreField('updateContact', 'linkedin_url'),
});

const changedCompany = defineRule({
  id: 'contacts/changed-company',
  level: 'MUST',
  verifies: ['LG-CON-065'],
  sentence: 'After an update of company, the contact has the new company.',
  needs: [],
  check: (context) =>
    expectContactChangeShown(context, 'company', aText(), ['retrieved', 'listed']),
  // A server that stores the company as the role.
  fault: onJsonBody(['updateContact'], (body) => ({ role: body['company'] })),
});

const changedRole = defineRule({
  id: 'contacts/changed-role',
  level: 'MUST',
  verifies: ['LG-CON-066'],
  sentence: 'After an update of role, the contact has the new role.',
  needs: [],
  check: (context) => expectContactChangeShown(context, 'role', aText(), ['retrieved', 'listed']),
  fault: ignoreField('updateContact', 'role'),
});

const changedCity = defineRule({
  id: 'contacts/changed-city',
  level: 'MUST',
  verifies: ['LG-CON-067'],
  sentence: 'After an update of city, the contact has the new city.',
  needs: [],
  check: (context) => expectContactChangeShown(context, 'city', aText(), ['retrieved', 'listed']),
  // A server whose list shows the old city.
  fault: (fetch, name) => {
    const first = new Map<unknown, unknown>();
    const alter = onData(['createContact', 'listContacts'], (contact) => {
      if (!first.has(contact['id'])) first.set(contact['id'], contact['city']);
      contact['city'] = first.get(contact['id']);
    });
    return alter(fetch, name);
  },
});

const changedNotes = defineRule({
  id: 'contacts/changed-notes',
  level: 'MUST',
  verifies: ['LG-CON-069'],
  sentence:
    'After an update of notes, the contact has the new notes and nothing of the earlier ones.',
  needs: [],
  check: (context) => expectContactChangeShown(context, 'notes', aText(), ['listed']),
  // A server that appends to the notes.
  fault: (fetch, name) => {
    const log = new Map<unknown, unknown[]>();
    const alter = onData(['createContact', 'listContacts'], (contact) => {
      const { id, notes } = contact;
      if (notes === null) return;
      log.set(id, [...new Set([...(log.get(id) ?? []), notes])]);
      contact['notes'] = log.get(id)?.join('\n');
    });
    return alter(fetch, name);
  },
});

const changedEmail = defineRule({
  id: 'contacts/changed-email',
  level: 'MUST',
  verifies: ['LG-CON-059'],
  sentence: 'After an update of email, the contact has the new address.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const had of [false, true]) {
      const email = await unusedEmail(org);
      const draft = { full_name: 'Noor Bakker', ...(had && { email: `old.${email}` }) };
      const { id } = await createContact(org, draft);
      for (const next of [email, `iris+leads.${email}`]) {
        const seen = await changeAndViewContact(org, id, { email: next });
        expectContactKept(seen, { email: next }, ['retrieved', 'listed']);
      }
    }
  },
  fault: ignoreField('updateContact', 'email'),
});

/** A server that adds kinds and removes none. */
const addKinds: Fault = (fetch, name) => {
  const allKinds = new Map<unknown, unknown[]>();
  const alter = onData(['createContact', 'updateContact', 'getContact'], (contact) => {
    const { id, kind } = contact;
    allKinds.set(id, [...new Set([...(allKinds.get(id) ?? []), ...(kind as unknown[])])]);
    contact['kind'] = allKinds.get(id);
  });
  return alter(fetch, name);
};

const changedKind = defineRule({
  id: 'contacts/changed-kind',
  level: 'MUST',
  verifies: ['LG-CON-068'],
  sentence: 'After an update of kind, the contact has exactly the kinds that were sent.',
  needs: [],
  check: (context) => {
    const kinds = someKinds(contactKinds(context.contract));
    return expectContactChangeShown(context, 'kind', kinds, ['returned', 'retrieved', 'listed']);
  },
  fault: addKinds,
});

export default [
  changedName,
  changedPhone,
  changedLinkedinUrl,
  changedCompany,
  changedRole,
  changedCity,
  changedNotes,
  changedEmail,
  changedKind,
] satisfies readonly Rule[];
