import { schemaAt, type Contract, type Operation } from '../../openapi/contract.ts';
import { bodyFields, fieldsOf, itemsOf, type Field } from './schema-fields.ts';

/** A body field or a query parameter whose values are counted up. */
export interface Enumeration {
  readonly name: string;
  readonly values: readonly string[];
  readonly required: boolean;
  /** Whether it takes several of them at once. */
  readonly several: boolean;
}

/** The enumerated fields of an operation's JSON body. */
export const enumeratedFields = (contract: Contract, { id }: Operation): Enumeration[] =>
  bodyFields(contract, id).flatMap((field) => enumerationOf(contract, field));

/** The enumerated query parameters of an operation. */
export const enumeratedParameters = (contract: Contract, { parameters }: Operation) =>
  parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name, schema }) =>
      fieldsOf(contract, { properties: { [name]: schemaAt(contract, schema) } }),
    )
    .flatMap((field) => enumerationOf(contract, field));

const enumerationOf = (
  contract: Contract,
  { name, values, required, schemas }: Field,
): Enumeration[] => {
  if (values) return [{ name, values: values as string[], required, several: false }];
  const items = itemsOf(contract, schemas);
  const [item] = fieldsOf(contract, ...items.map((one) => ({ properties: { [name]: one } })));
  return item?.values ? [{ name, values: item.values as string[], required, several: true }] : [];
};
