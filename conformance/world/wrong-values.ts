import type { OperationId } from '../../openapi/contract.ts';
import type { Organization } from './organization.ts';
import { bodyFields, type Field } from './schema-fields.ts';
import type { World } from './world.ts';

const samples: Readonly<Record<string, unknown>> = {
  string: '42',
  number: 42,
  boolean: true,
  array: ['42'],
  object: { value: '42' },
};

/** A value of each JSON type that a field doesn't have, but null. */
export const wrongTypesFor = ({ types }: Field): unknown[] =>
  Object.entries(samples)
    .filter(([type]) => !types.has(type))
    .map(([, value]) => value);

/** Values of other types than a field has, null too, and texts that it can't be. */
const wrongValuesFor = (field: Field): unknown[] => [
  ...wrongTypesFor(field),
  ...(field.types.has('null') ? [] : [null]),
  ...(field.isUuid ? ['none', '5f0c9a52-1d3e-4b7a-9c46'] : []),
  ...(field.values ?? []).slice(0, 2).map((value) => String(value).toUpperCase()),
];

/** Every field of a body is refused with a value that it can't have; the body without is let in. */
export const expectFieldsChecked = async (
  { contract, expect }: Pick<World, 'contract' | 'expect'>,
  home: Organization,
  operation: OperationId,
): Promise<void> => {
  const request = await home.prepare(operation);
  for (const field of bodyFields(contract, operation)) {
    for (const value of wrongValuesFor(field)) {
      const body = { ...(request.body as object), [field.name]: value };
      expect.refusal(await home.all.send(operation, { ...request, body }), 400);
    }
  }
  expect.success(await home.all.send(operation, request));
};
