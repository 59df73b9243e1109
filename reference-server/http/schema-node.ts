import { schemaAt, type Contract, type Pointer } from '../../openapi/contract.ts';

/** A schema of the bundle, as JSON. */
export type SchemaNode = Readonly<Record<string, unknown>>;

/** The schema itself, or the one that it refers to. */
export const resolveNode = (contract: Contract, node: SchemaNode): SchemaNode =>
  typeof node['$ref'] === 'string' ? schemaAt(contract, node['$ref'] as Pointer) : node;

/** The schemas of a schema's properties by name; where several speak of one, the last. */
export const propertiesOf = (contract: Contract, node: SchemaNode): Map<string, SchemaNode> => {
  const schema = resolveNode(contract, node);
  const own = Object.entries((schema['properties'] ?? {}) as Record<string, SchemaNode>);
  const parts = (schema['allOf'] ?? []) as SchemaNode[];
  return new Map([...parts.flatMap((part) => [...propertiesOf(contract, part)]), ...own]);
};

/** The JSON types that a schema speaks of. */
export const typesOf = (contract: Contract, node: SchemaNode): ReadonlySet<string> => {
  const schema = resolveNode(contract, node);
  const own = [schema['type'] ?? []].flat() as string[];
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((key) => (schema[key] ?? []) as SchemaNode[]);
  return new Set([...own, ...parts.flatMap((part) => [...typesOf(contract, part)])]);
};
