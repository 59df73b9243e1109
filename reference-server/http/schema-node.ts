import { schemaAt, type Contract, type Pointer } from '../../openapi/contract.ts';

/** A document whose pointers are followed: the contract, or the control API's description. */
export type Described = Pick<Contract, 'document'>;

/** A schema of the document, as JSON. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/** The schema itself, or the one that it refers to. */
export const resolveNode = (contract: Described, node: SchemaNode): SchemaNode =>
  typeof node['$ref'] === 'string' ? schemaAt(contract, node['$ref'] as Pointer) : node;

/** The schemas of a schema's properties by name; where several speak of one, the last. */
export const propertiesOf = (contract: Described, node: SchemaNode): Map<string, SchemaNode> => {
  const schema = resolveNode(contract, node);
  const own = Object.entries((schema['properties'] ?? {}) as Record<string, SchemaNode>);
  const parts = (schema['allOf'] ?? []) as SchemaNode[];
  return new Map([...parts.flatMap((part) => [...propertiesOf(contract, part)]), ...own]);
};

/** The JSON types that a schema names itself; what it says by other schemas is of texts only. */
export const typesOf = (contract: Described, node: SchemaNode): ReadonlySet<string> =>
  new Set([resolveNode(contract, node)['type'] ?? []].flat() as string[]);
