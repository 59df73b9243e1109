import { schemaAt, type Contract, type OperationId, type Pointer } from '../../openapi/contract.ts';

type Schema = Readonly<Record<string, unknown>>;

/** A member of an object, as the contract describes it. */
export interface Field {
  readonly name: string;
  readonly required: boolean;
  /** What is said of its value; all of it holds. */
  readonly schemas: readonly Schema[];
  /** The JSON types that its value may have; empty where none is said. */
  readonly types: ReadonlySet<string>;
  /** The values that it may have, where they are counted up. */
  readonly values: readonly unknown[] | undefined;
  readonly isUuid: boolean;
  /** Whether a text may stand there that has no form of any kind. */
  readonly isFreeText: boolean;
}

/** The members of the objects at these schemas, with `$ref` and `allOf` followed. */
export const fieldsOf = (contract: Contract, ...schemas: readonly Schema[]): Field[] => {
  const parts = schemas.flatMap((schema) => flatten(contract, schema));
  const required = new Set(parts.flatMap((part) => (part['required'] ?? []) as string[]));
  const found = new Map<string, Schema[]>();
  for (const { properties } of parts) {
    for (const [name, schema] of Object.entries((properties ?? {}) as Record<string, Schema>)) {
      found.set(name, [...(found.get(name) ?? []), schema]);
    }
  }
  return [...found].map(([name, own]) => describe(contract, name, own, required.has(name)));
};

/** The members of an operation's JSON body. */
export const bodyFields = (contract: Contract, operation: OperationId): Field[] => {
  const media = contract.operations[operation].body['application/json'];
  return media ? fieldsOf(contract, schemaAt(contract, media.schema)) : [];
};

/** The names of an operation's optional texts that are asked for no form. */
export const freeTexts = (contract: Contract, operation: OperationId): string[] =>
  bodyFields(contract, operation).flatMap(({ name, isFreeText }) => (isFreeText ? [name] : []));

/** The schemas of the items, where the schema is that of a list. */
export const itemsOf = (contract: Contract, schemas: readonly Schema[]): Schema[] =>
  schemas
    .flatMap((schema) => flatten(contract, schema))
    .flatMap(({ items }) => (items ? [items as Schema] : []));

const describe = (contract: Contract, name: string, schemas: Schema[], required: boolean) => {
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
