import {
  type Contract,
  type Operation,
  type OperationId,
  type Parameter,
  type Pointer,
  schemaAt,
} from '../../openapi/contract.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A field of an object, as the contract describes it. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  /** The schemas of its value; all of them hold. */
  readonly schemas: readonly Schema[];
  /** The JSON types that its value may have; empty where none is given. */
  readonly types: ReadonlySet<string>;
  /** The values of its `enum`, if it has one. */
  readonly values: readonly unknown[] | undefined;
  readonly isUuid: boolean;
  /** Whether it takes strings in any form. */
  readonly isFreeText: boolean;
}

/** The fields of the objects at these schemas, with `$ref` and `allOf` followed. */
export const fieldsOf = (contract: Contract, ...schemas: readonly Schema[]): Field[] => {
  const parts = schemas.flatMap((schema) => flatten(contract, schema));
  const required = new Set(parts.flatMap((part) => (part['required'] ?? []) as string[]));
  const found = new Map<string, Schema[]>();
  for (const { properties } of parts) {
    for (const [name, schema] of Object.entries((properties ?? {}) as Record<string, Schema>)) {
      found.set(name, [...(found.get(name) ?? []), schema]);
    }
  }
  return [...found].map(([name, own]) => describeField(contract, name, own, required.has(name)));
};

/** The fields of an operation's JSON request body; empty without one. */
export const bodyFields = (contract: Contract, operation: OperationId): Field[] => {
  const media = contract.operations[operation].body['application/json'];
  return media ? fieldsOf(contract, schemaAt(contract, media.schema)) : [];
};

/** The names of the fields in an operation's request body that take strings in any form. */
export const freeTexts = (contract: Contract, operation: OperationId): string[] =>
  bodyFields(contract, operation).flatMap(({ name, isFreeText }) => (isFreeText ? [name] : []));

/** The schemas of the items, where the schemas are those of a list. */
export const itemsOf = (contract: Contract, schemas: readonly Schema[]): Schema[] =>
  schemas
    .flatMap((schema) => flatten(contract, schema))
    .flatMap(({ items }) => (items ? [items as Schema] : []));

const describeField = (contract: Contract, name: string, schemas: Schema[], required: boolean) => {
  const parts = schemas
    .flatMap((schema) => flatten(contract, schema))
    .flatMap((part) => [part, ...((part['oneOf'] ?? []) as Schema[]).map(follow(contract))]);
  const types = new Set(parts.flatMap(({ type }) => (type ?? []) as string | string[]));
  return {
    name,
    required,
    schemas,
    types,
    values: parts.find((part) => part['enum'])?.['enum'] as unknown[] | undefined,
    isUuid: parts.some(({ format }) => format === 'uuid'),
    isFreeText: types.has('string') && !parts.some(asksForForm),
  };
};

const asksForForm = (schema: Schema): boolean =>
  ['enum', 'format', 'pattern', 'minLength'].some((keyword) => keyword in schema);

const flatten = (contract: Contract, schema: Schema): Schema[] => {
  const node = follow(contract)(schema);
  const branches = (node['allOf'] ?? []) as Schema[];
  return [node, ...branches.flatMap((branch) => flatten(contract, branch))];
};

const follow =
  (contract: Contract) =>
  (schema: Schema): Schema =>
    typeof schema['$ref'] === 'string' ? schemaAt(contract, schema['$ref'] as Pointer) : schema;

/** A field of a request body or a query parameter with an `enum`. */
export interface Enumeration {
  readonly name: string;
  readonly values: readonly string[];
  readonly required: boolean;
  /** Whether it takes several values at once. */
  readonly several: boolean;
}

/** The enumerated fields of an operation's JSON request body. */
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

/**
 * The fields in the documentation's example response of an operation, of the resource or of each
 * item of the list: a response has them wherever there is a value.
 */
export const exampleMembers = (contract: Contract, operation: OperationId): readonly string[] =>
  contract.operations[operation].exampleMembers;

/** The fields of the example that have a value in every response. */
export const alwaysShown = (contract: Contract, operation: OperationId): readonly string[] => {
  const required = requiredIn(contract, operation);
  return exampleMembers(contract, operation).filter((name) => required.has(name));
};

/** The fields that the contract requires in the resource, or in each item, of a response. */
const requiredIn = (contract: Contract, operation: OperationId): ReadonlySet<string> => {
  const { responses, success } = contract.operations[operation];
  const media = responses[success]?.content['application/json'];
  if (!media) return new Set();
  const body = fieldsOf(contract, schemaAt(contract, media.schema));
  const data = body.find(({ name }) => name === 'data')?.schemas ?? [];
  const items = itemsOf(contract, data);
  const fields = fieldsOf(contract, ...(items.length > 0 ? items : data));
  return new Set(fields.flatMap(({ name, required }) => (required ? [name] : [])));
};

/** Two valid values of a query parameter; undefined where it takes several at once. */
export const queryValues = (
  contract: Contract,
  parameter: Parameter,
): [string, string] | undefined => {
  const schema = schemaAt(contract, parameter.schema);
  const { type, enum: values, format } = schema;
  if (type === 'array') return undefined;
  if (type === 'integer') return ['1', '2'];
  if (format === 'uuid') return [someUuid, anotherUuid];
  const [first, second] = (values ?? ['noor', 'iris']) as string[];
  return [first ?? '', second ?? ''];
};

const someUuid = '5f0c9a52-1d3e-4b7a-9c46-0e8d72ab4f19';
const anotherUuid = 'b83e17d4-6a2f-4c95-8e01-39fd5c7260ea';
