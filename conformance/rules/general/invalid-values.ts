import { expectFieldsChecked, wrongTypesFor } from '../../assertions/fields.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { bodyFields, enumeratedFields, enumeratedParameters } from '../../contract/fields.ts';
import { onFields, onJsonBody } from '../../faults/inject.ts';
import { createContact, updateContact } from '../../fixtures/contacts.ts';
import { createDossier, updateDossier } from '../../fixtures/dossiers.ts';

/** A server that converts numbers to strings. */
const convertNumbers = onFields((fields) => {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'number' && name !== 'deal_size') fields[name] = String(value);
  }
});

const requestsWrongType = defineRule({
  id: 'requests/wrong-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-034'],
  sentence: 'Creating a dossier with a value of the wrong JSON type in any field is refused.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const org = await organization();
    // A sales dossier can have every field.
    const right = { type: 'sales', name: 'Tulp Logistics' };
    // Values outside an enumeration are a documented case, whatever their type: LG-ERR-014.
    const fields = bodyFields(contract, 'createDossier').filter(({ values }) => !values);
    for (const field of fields) {
      for (const value of wrongTypesFor(field)) {
        const body = { ...right, [field.name]: value };
        expect.refusal(await org.all.send('createDossier', { body }), 400);
      }
    }
    expect.success(await org.all.send('createDossier', { body: right }));
  },
  fault: convertNumbers,
});

const changesWrongType = defineRule({
  id: 'changes/wrong-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-034'],
  sentence: 'Updating a dossier with a value of the wrong JSON type in any field is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'Before an update' });
    for (const field of bodyFields(context.contract, 'updateDossier')) {
      for (const value of wrongTypesFor(field)) {
        const body = { [field.name]: value };
        const refused = await org.all.send('updateDossier', { path: { id }, body });
        context.expect.refusal(refused, 400);
      }
    }
    await updateDossier(org, id, { name: 'Changed' });
  },
  fault: convertNumbers,
});

const samples = [42, true, ['42'], { value: '42' }];

const contactsWrongType = defineRule({
  id: 'contacts/wrong-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-034'],
  sentence: "A value that isn't a string is refused in every string field of a contact.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createContact(org, { full_name: 'Noor Bakker' });
    const fields = bodyFields(context.contract, 'createContact');
    for (const { name } of fields.filter(({ types }) => types.has('string'))) {
      for (const value of samples) {
        const body = { full_name: 'Noor Bakker', [name]: value };
        context.expect.refusal(await org.all.send('createContact', { body }), 400);
        const change = { path: { id }, body: { [name]: value } };
        context.expect.refusal(await org.all.send('updateContact', change), 400);
      }
    }
    await createContact(org, { full_name: '42', city: '42' });
    await updateContact(org, id, { full_name: '42', city: '42' });
  },
  fault: convertNumbers,
});

const linksFieldChecks = defineRule({
  id: 'links/field-checks',
  level: 'SHOULD',
  verifies: ['LG-GEN-028', 'LG-GEN-034', 'LG-GEN-036', 'LG-GEN-049'],
  sentence: 'A link with a value of the wrong type or form, or with null, is refused.',
  needs: [],
  check: async (context) => {
    await expectFieldsChecked(await context.organization(), 'linkDossierContact');
  },
  // A server that converts every other value to true.
  fault: onJsonBody(['linkDossierContact'], (body) =>
    'is_primary' in body ? { ...body, is_primary: Boolean(body['is_primary']) } : body,
  ),
});

const notesFieldChecks = defineRule({
  id: 'notes/field-checks',
  level: 'SHOULD',
  verifies: ['LG-GEN-034', 'LG-GEN-036'],
  sentence: 'A note with a value of the wrong type, or with null, is refused.',
  needs: [],
  check: async (context) => {
    await expectFieldsChecked(await context.organization(), 'createDossierNote');
  },
  // A server that converts every value to a string.
  fault: onJsonBody(['createDossierNote'], (body) => ({
    ...body,
    content: String(body['content']),
  })),
});

/** Other spellings of a value, such as `Sales` and `SALES` of `sales`. */
const variants = (value: string): string[] => [
  value.charAt(0).toUpperCase() + value.slice(1),
  value.toUpperCase(),
];

const valueCase = defineRule({
  id: 'requests/value-case',
  level: 'SHOULD',
  verifies: ['LG-GEN-028'],
  sentence: 'Enumerated values are case-sensitive, in bodies and in filters.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const org = await organization();
    for (const operation of operations) {
      const { id } = operation;
      const request = await org.prepare(id);
      for (const { name, values, several } of enumeratedFields(contract, operation)) {
        for (const variant of values.flatMap(variants)) {
          const body = { ...(request.body as object), [name]: several ? [variant] : variant };
          expect.refusal(await org.all.send(id, { ...request, body }), 400);
        }
      }
      for (const { name, values } of enumeratedParameters(contract, operation)) {
        for (const value of values) {
          for (const variant of variants(value)) {
            const query = { [name]: variant };
            expect.refusal(await org.all.send(id, { ...request, query }), 400);
          }
          expect.success(await org.all.send(id, { ...request, query: { [name]: value } }));
        }
      }
      expect.success(await org.all.send(id, request));
    }
  },
  fault: onFields((fields) => {
    fields['type'] = String(fields['type']).toLowerCase();
  }),
});

export default [
  requestsWrongType,
  changesWrongType,
  contactsWrongType,
  linksFieldChecks,
  notesFieldChecks,
  valueCase,
] satisfies readonly Rule[];
