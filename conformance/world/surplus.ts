import type { Contract } from '../../openapi/contract.ts';
import { fieldsOf, itemsOf } from './schema-fields.ts';

type Schemas = Parameters<typeof itemsOf>[1];

/** The places of those members of a value, at whatever depth, that the schemas don't name. */
export const surplusIn = (
  contract: Contract,
  schemas: Schemas,
  value: unknown,
  place = '',
): string[] => {
  if (Array.isArray(value)) {
    const items = itemsOf(contract, schemas);
    return value.flatMap((item) => surplusIn(contract, items, item, place));
  }
  if (typeof value !== 'object' || value === null) return [];
  const fields = new Map(fieldsOf(contract, ...schemas).map((field) => [field.name, field]));
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const field = fields.get(name);
    const here = place === '' ? name : `${place}.${name}`;
    return field ? surplusIn(contract, field.schemas, inner, here) : [here];
  });
};
