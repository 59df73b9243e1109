import { createDossier } from '../../fixtures/dossiers.ts';
import { type Operation, schemaAt } from '../../../openapi/contract.ts';
import { contactPlaces, createAndViewContact } from '../../assertions/contacts.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { bodyFields, fieldsOf } from '../../contract/fields.ts';
import type { NewContact } from '../../contract/resources.ts';
import { onData, onFields } from '../../faults/inject.ts';
import { refuseNull } from '../../faults/refusals.ts';

const isCreation = ({ method, body }: Operation): boolean =>
  method === 'POST' && 'application/json' in body;

const nullInRequired = defineRule({
  id: 'requests/null-in-required',
  level: 'MUST',
  verifies: ['LG-GEN-059'],
  sentence: 'Null in a required field of a creation is refused.',
  needs: [],
  check: async ({ contract, acceptances, operations, organization, expect }) => {
    const org = await organization();
    for (const { id } of operations.filter(isCreation)) {
      const request = await org.prepare(id);
      for (const { name, isUuid } of bodyFields(contract, id).filter((one) => one.required)) {
        const body = { ...(request.body as object), [name]: null };
        const exchange = await org.all.send(id, { ...request, body });
        // A null reference may be treated as an unknown id (LG-LNK-012).
        if (isUuid) expectPermittedRefusal({ acceptances }, exchange, ['LG-LNK-013']);
        else expect.refusal(exchange, 400);
      }
      expect.success(await org.all.send(id, request));
    }
  },
  // A server that converts null to a string.
  fault: onFields((fields) => {
    if ('content' in fields) fields['content'] = String(fields['content']);
  }),
});

const requestsNullField = defineRule({
  id: 'requests/null-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-035'],
  sentence: 'Null in an optional field of a new dossier means that the field is absent.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const org = await organization();
    const optional = bodyFields(contract, 'createDossier').filter(({ required }) => !required);
    const create = async (extra: Record<string, null>) => {
      const body = { type: 'sales', name: 'Tulp Logistics', ...extra };
      const exchange = await org.all.send('createDossier', { body });
      expect.success(exchange);
      return dataOf(exchange.json) as Record<string, unknown>;
    };
    const without = await create({});
    for (const { name } of optional) {
      const value = (await create({ [name]: null }))[name];
      const same = (value ?? null) === (without[name] ?? null);
      expectThat(same, `the same ${name} as without the field`, () => value);
    }
    await create(Object.fromEntries(optional.map(({ name }) => [name, null])));
  },
  fault: refuseNull,
});

const contactsNullField = defineRule({
  id: 'contacts/null-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-035', 'LG-GEN-007'],
  sentence: 'Null in an optional field of a new contact means that the field is absent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const fields = bodyFields(context.contract, 'createContact').flatMap(({ name, types }) =>
      types.has('null') ? [name as keyof NewContact] : [],
    );
    const all = Object.fromEntries(fields.map((field) => [field, null]));
    for (const nulls of [all, ...fields.map((field) => ({ [field]: null })), all]) {
      context.about('LG-GEN-035');
      const seen = await createAndViewContact(org, { full_name: 'Noor Bakker', ...nulls });
      context.about('LG-GEN-007');
      for (const place of contactPlaces) {
        for (const field of fields) expectEqual(seen[place][field], null, `${field} (${place})`);
      }
    }
  },
  fault: refuseNull,
});

const nullForNothing = defineRule({
  id: 'requests/null-for-nothing',
  level: 'SHOULD',
  verifies: ['LG-GEN-007'],
  sentence: 'An optional field without a value is null in responses.',
  needs: ['fresh-organizations', 'flows'],
  check: async ({ contract, organization, expect }) => {
    const optionalOf = (schema: string) =>
      fieldsOf(contract, schemaAt(contract, `#/components/schemas/${schema}`))
        .filter(({ types }) => types.has('null'))
        .map(({ name }) => name);
    const expectNulls = (thing: unknown, schema: string, given: string[] = []) => {
      for (const name of optionalOf(schema).filter((one) => !given.includes(one))) {
        const value = (thing as Record<string, unknown>)[name];
        expectThat(value === null, `null as ${name}`, () => value);
      }
    };
    const org = await organization();
    const made = await createDossier(org, { type: 'candidate', name: 'Noor', company: 'Tulp' });
    const path = { id: made.id };
    const read = await org.all.send('getDossier', { path });
    const list = await org.all.send('listDossiers');
    expect.success(read);
    expect.success(list);
    for (const dossier of [made, dataOf(read.json), ...(dataOf(list.json) as unknown[])]) {
      expectNulls(dossier, 'Dossier', ['company']);
      expectEqual((dossier as { company?: unknown }).company, 'Tulp', 'the given company');
    }
    const flow = await org.createFlow({ name: 'Bare', type: 'sales', stages: [{ name: 'One' }] });
    const stages = await org.all.send('listFlowStages', { path: { id: flow.id } });
    expect.success(stages);
    for (const stage of dataOf(stages.json) as unknown[]) expectNulls(stage, 'Stage');
  },
  fault: onData(['createDossier'], (data) => {
    for (const [name, value] of Object.entries(data)) {
      if (value === null) Reflect.deleteProperty(data, name);
    }
  }),
});

export default [
  nullInRequired,
  requestsNullField,
  contactsNullField,
  nullForNothing,
] satisfies readonly Rule[];
