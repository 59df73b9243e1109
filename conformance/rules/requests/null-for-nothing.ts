import { schemaAt } from '../../../openapi/contract.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { fieldsOf } from '../../world/schema-fields.ts';

export default defineRule({
  id: 'requests/null-for-nothing',
  level: 'SHOULD',
  verifies: ['LG-GEN-007'],
  sentence: 'An optional field without a value is answered as null.',
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
    const home = await organization();
    const made = await home.createDossier({ type: 'candidate', name: 'Noor', company: 'Tulp' });
    const path = { id: made.id };
    const read = await home.all.send('getDossier', { path });
    const list = await home.all.send('listDossiers');
    expect.success(read);
    expect.success(list);
    for (const dossier of [made, dataOf(read.json), ...(dataOf(list.json) as unknown[])]) {
      expectNulls(dossier, 'Dossier', ['company']);
      expectEqual((dossier as { company?: unknown }).company, 'Tulp', 'the company that was given');
    }
    const flow = await home.createFlow({ name: 'Bare', type: 'sales', stages: [{ name: 'One' }] });
    const stages = await home.all.send('listFlowStages', { path: { id: flow.id } });
    expect.success(stages);
    for (const stage of dataOf(stages.json) as unknown[]) expectNulls(stage, 'Stage');
  },
  liar: onData(['createDossier'], (data) => {
    for (const [name, value] of Object.entries(data)) {
      if (value === null) Reflect.deleteProperty(data, name);
    }
  }),
});
