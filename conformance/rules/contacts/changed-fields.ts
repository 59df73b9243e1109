import type { RequirementId } from '../../../openapi/register.ts';
import {
  expectContactKept,
  expectContactUpdateShown,
  updateAndViewContact,
} from '../../assertions/contacts.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds } from '../../contract/resources.ts';
import { type Fault, ignoreField, onData, onJsonBody } from '../../faults/inject.ts';
import { createContact, unusedEmail } from '../../fixtures/contacts.ts';
import { aProfile, someKinds } from '../../generators/contacts.ts';
import { aPhone, aText } from '../../generators/values.ts';

/** A server that stores the company as the role. */
const storeCompanyAsRole = onJsonBody(['updateContact'], (body) => ({ role: body['company'] }));

/** A server whose list shows the old city. */
const listFirstCity: Fault = (fetch, name) => {
  const first = new Map<unknown, unknown>();
  const alter = onData(['createContact', 'listContacts'], (contact) => {
    if (!first.has(contact['id'])) first.set(contact['id'], contact['city']);
    contact['city'] = first.get(contact['id']);
  });
  return alter(fetch, name);
};

/** A server that appends to the notes. */
const appendNotes: Fault = (fetch, name) => {
  const log = new Map<unknown, unknown[]>();
  const alter = onData(['createContact', 'listContacts'], (contact) => {
    const { id, notes } = contact;
    if (notes === null) return;
    log.set(id, [...new Set([...(log.get(id) ?? []), notes])]);
    contact['notes'] = log.get(id)?.join('\n');
  });
  return alter(fetch, name);
};

type ChangeArguments = Parameters<typeof expectContactUpdateShown>;

interface UpdatedField {
  readonly id: string;
  readonly verifies: RequirementId;
  readonly field: ChangeArguments[1];
  /** Any text, unless given. */
  readonly values?: ChangeArguments[2];
  /** Whether retrieving the contact must show the field too; the list always must. */
  readonly retrieved?: true;
  /** A server that ignores updates of the field, unless given. */
  readonly fault?: Fault;
}

const updatedFields: readonly UpdatedField[] = [
  { id: 'contacts/changed-name', verifies: 'LG-CON-058', field: 'full_name', retrieved: true },
  { id: 'contacts/changed-phone', verifies: 'LG-CON-063', field: 'phone', values: aPhone() },
  {
    id: 'contacts/changed-linkedin-url',
    verifies: 'LG-CON-064',
    field: 'linkedin_url',
    values: aProfile(),
  },
  {
    id: 'contacts/changed-company',
    verifies: 'LG-CON-065',
    field: 'company',
    retrieved: true,
    fault: storeCompanyAsRole,
  },
  { id: 'contacts/changed-role', verifies: 'LG-CON-066', field: 'role', retrieved: true },
  {
    id: 'contacts/changed-city',
    verifies: 'LG-CON-067',
    field: 'city',
    retrieved: true,
    fault: listFirstCity,
  },
  { id: 'contacts/changed-notes', verifies: 'LG-CON-069', field: 'notes', fault: appendNotes },
];

const fieldRules = updatedFields.map(({ id, verifies, field, values, retrieved, fault }) =>
  defineRule({
    id,
    level: 'MUST',
    verifies: [verifies],
    sentence: `After an update of \`${field}\`, the contact has exactly the new value.`,
    needs: [],
    check: (context) => {
      const places = retrieved ? (['retrieved', 'listed'] as const) : (['listed'] as const);
      return expectContactUpdateShown(context, field, values ?? aText(), places);
    },
    fault: fault ?? ignoreField('updateContact', field),
  }),
);

const changedEmail = defineRule({
  id: 'contacts/changed-email',
  level: 'MUST',
  verifies: ['LG-CON-059'],
  sentence: 'After an update of `email`, the contact has the new address.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const had of [false, true]) {
      const email = await unusedEmail(org);
      const draft = { full_name: 'Noor Bakker', ...(had && { email: `old.${email}` }) };
      const { id } = await createContact(org, draft);
      for (const next of [email, `iris+leads.${email}`]) {
        const seen = await updateAndViewContact(org, id, { email: next });
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
  sentence: 'After an update of `kind`, the contact has exactly the kinds that were sent.',
  needs: [],
  check: (context) => {
    const kinds = someKinds(contactKinds(context.contract));
    return expectContactUpdateShown(context, 'kind', kinds, ['returned', 'retrieved', 'listed']);
  },
  fault: addKinds,
});

export default [...fieldRules, changedEmail, changedKind] satisfies readonly Rule[];
