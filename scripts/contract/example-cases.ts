import { isObject, objectAt, type Json, type JsonObject } from './json.ts';
import type { Keys } from './place.ts';

/** A value in the description that claims to fit a schema, or a place that should hold one. */
export interface ExampleCase {
  /** Keys of the value in the bundle, or of the place that lacks one. */
  keys: Keys;
  schema: JsonObject;
  /** Absent where an example is missing. */
  value?: Json;
}

const schemaMaps = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];
const schemaLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const schemaKeys = [
  ...['items', 'contains', 'additionalProperties', 'unevaluatedProperties', 'propertyNames'],
  ...['not', 'if', 'then', 'else'],
];

/**
 * Every example and default of a description without `$ref`s, and every media type, parameter and
 * header that has none. What stands among the components is found there, not where it is used.
 */
export const exampleCases = (description: JsonObject): ExampleCase[] => {
  const found: ExampleCase[] = [];
  const seen = new Set<object>();
  const names = exampleNames(description);

  const visitSchema = (schema: Json | undefined, keys: Keys): void => {
    if (!isObject(schema) || seen.has(schema)) return;
    seen.add(schema);
    found.push(...schemaCases(schema, keys));
    for (const [child, path] of childSchemas(schema)) visitSchema(child, [...keys, ...path]);
  };
  const visit = (node: Json | undefined, keys: Keys): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if (isObject(node) && isObject(node.schema)) {
      found.push(...carrierCases(node, node.schema, keys, names));
      visitSchema(node.schema, [...keys, 'schema']);
    }
    for (const [key, child] of Object.entries(node)) {
      if (key === 'schemas' && keys.at(-1) === 'components') {
        for (const name of Object.keys(objectAt(node, key)))
          visitSchema(objectAt(node, key)[name], [...keys, key, name]);
      } else if (!['schema', 'example', 'examples'].includes(key)) visit(child, [...keys, key]);
    }
  };

  visit(objectAt(description, 'components'), ['components']);
  visit(objectAt(description, 'paths'), ['paths']);
  visit(objectAt(description, 'webhooks'), ['webhooks']);
  return found;
};

/** Components by identity: an example that several places refer to is reported where it stands. */
const exampleNames = (description: JsonObject): Map<unknown, string> =>
  new Map(
    Object.entries(objectAt(objectAt(description, 'components'), 'examples')).map(
      ([name, example]) => [example, name],
    ),
  );

/** The examples of a parameter, a header or a media type. */
const carrierCases = (
  carrier: JsonObject,
  schema: JsonObject,
  keys: Keys,
  names: ReadonlyMap<unknown, string>,
): ExampleCase[] => {
  const single =
    'example' in carrier ? [caseOf(carrier.example, [...keys, 'example'], schema)] : [];
  const several = Object.entries(objectAt(carrier, 'examples')).flatMap(([key, example]) => {
    if (!isObject(example)) return [];
    const name = names.get(example);
    const at = name === undefined ? [...keys, 'examples', key] : ['components', 'examples', name];
    return [caseOf(example.value, [...at, 'value'], schema)];
  });
  const cases = [...single, ...several];
  return cases.length === 0 && !('example' in schema) && !('examples' in schema)
    ? [{ keys, schema }]
    : cases;
};

const schemaCases = (schema: JsonObject, keys: Keys): ExampleCase[] => [
  ...['default', 'example']
    .filter((key) => key in schema)
    .map((key) => caseOf(schema[key], [...keys, key], schema)),
  ...(Array.isArray(schema.examples) ? schema.examples : []).map((value, index) =>
    caseOf(value, [...keys, 'examples', index], schema),
  ),
];

/** A value that isn't there is left out, so that it counts as missing. */
const caseOf = (value: Json | undefined, keys: Keys, schema: JsonObject): ExampleCase =>
  value === undefined ? { keys, schema } : { keys, schema, value };

const childSchemas = (schema: JsonObject): [Json | undefined, Keys][] => [
  ...schemaKeys.map((key): [Json | undefined, Keys] => [schema[key], [key]]),
  ...schemaMaps.flatMap((key) =>
    Object.entries(objectAt(schema, key)).map(([name, child]): [Json, Keys] => [
      child,
      [key, name],
    ]),
  ),
  ...schemaLists.flatMap((key) => {
    const list = schema[key];
    return (Array.isArray(list) ? list : []).map((child, at): [Json, Keys] => [child, [key, at]]);
  }),
];
