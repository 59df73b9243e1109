import { refuseNull } from '../../liars/strictness.ts';
import { defineRule } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { bodyFields } from '../../world/schema-fields.ts';

export default defineRule({
  id: 'requests/null-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-035'],
  sentence: 'Null in an optional field of a creation counts as leaving it out.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const home = await organization();
    const optional = bodyFields(contract, 'createDossier').filter(({ required }) => !required);
    const create = async (extra: Record<string, null>) => {
      const body = { type: 'sales', name: 'Tulp Logistics', ...extra };
      const exchange = await home.all.send('createDossier', { body });
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
  liar: refuseNull,
});
