import { expect, it } from 'vitest';
import { readRegister, type RequirementId } from '../../../openapi/register.ts';
import { ruleIds } from '../harness/harness.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { rulesForVariant } from '../variants/choose-rules.ts';

const register = readRegister();
const { variants } = readCatalogue(register);

const requirement = (id: RequirementId) => {
  const found = register.find((one) => one.id === id);
  if (!found) throw new Error(`There is no ${id}.`);
  return found;
};

const verifiedFor = (decision: RequirementId): ReadonlySet<RequirementId> => {
  const variant = variants.find(({ id }) => id.startsWith(`${decision}/`));
  if (!variant) throw new Error(`There is no variant of ${decision}.`);
  return new Set(rulesForVariant(variant, register).flatMap(({ verifies }) => verifies));
};

it.each([
  ['all', 'LG-ERR-022', 'LG-ERR-012'],
  ['events', 'LG-WEB-005', 'LG-WEB-017'],
] as const)(
  'a decision about %s is also judged by statements about single operations or events',
  (group, decision, statement) => {
    expect(requirement(decision).concerns).toContain(group);
    expect(requirement(statement).concerns).not.toContain(group);
    expect(verifiedFor(decision)).toContain(statement);
  },
);

it('a list of rules cannot have an id that does not exist', () => {
  expect([...ruleIds('errors/unknown-id')]).toEqual(['errors/unknown-id']);
  expect(() => ruleIds('errors/unknown-id', 'errors/renamed')).toThrow(/called errors\/renamed\./);
});
