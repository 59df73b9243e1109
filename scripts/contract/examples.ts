import addFormats from 'ajv-formats';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isObject, type Json, type JsonObject, objectAt } from './description.ts';
import { createLocationFinder, type Keys, type Problem, type Source } from './sources.ts';

/**
 * Every example and default of a description without `$ref`s is valid, and every media type,
 * parameter and header has an example.
 */
export const checkExamples = (
  description: JsonObject,
  sources: readonly Source[],
  root: string,
): Problem[] => {
  const validate = schemaValidator(description);
  const locate = createLocationFinder(sources, root);
  return exampleCases(description).flatMap((example) =>
    problemsOf(example, validate).map((problem) => ({ ...locate(example.keys), ...problem })),
  );
};

const problemsOf = ({ keys, schema, value }: ExampleCase, validate: Validate) => {
  if (value === undefined) {
    return [{ what: `${formatKeys(keys)} has no example.`, next: 'add a realistic one' }];
  }
  const invalid = validate(schema, value);
  if (invalid === undefined) return [];
  const member = invalid.at === '' ? 'it' : invalid.at;
  return [
    {
      what: `${formatKeys(keys)} is not valid by its schema: ${member} ${invalid.reason}.`,
      next: 'fix the value, or its schema',
    },
  ];
};

const formatKeys = (keys: Keys): string => keys.join(' › ');

/** An example or default with its schema, or a missing example. */
interface ExampleCase {
  /** The keys of the value in the bundle, or of the object without an example. */
  keys: Keys;
  schema: JsonObject;
  /** Absent if the example is missing. */
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
 * header that has none. Components are visited once, not where they are used.
 */
const exampleCases = (description: JsonObject): ExampleCase[] => {
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

/** Example components by identity: a shared example is reported at its component. */
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

/** An undefined value is left out, so that it counts as missing. */
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

/** The first reason why a value isn't valid, or undefined if it is. */
type ValidationError = { at: string; reason: string } | undefined;
type Validate = (schema: JsonObject, value: unknown) => ValidationError;

/**
 * A validator for the schemas of a description without `$ref`s, in the OpenAPI 3.1 dialect. Unknown
 * keywords and formats are refused, except the extensions (`x-…`) of the description.
 */
export const schemaValidator = (description: JsonObject): Validate => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  // ajv-formats is CommonJS: its function is the default export's default under Node.
  addFormats.default(ajv);
  ajv.addVocabulary(['example', ...extensionsIn(description)]);
  return (schema, value) => {
    try {
      const validate = ajv.compile(schema);
      return validate(value) ? undefined : explain(validate.errors?.[0]);
    } catch (error) {
      return { at: '', reason: `its schema can't be used: ${String(error)}` };
    }
  };
};

const explain = (error: ErrorObject | undefined): NonNullable<ValidationError> => {
  const detail: unknown = error?.params.allowedValues ?? error?.params.allowedValue;
  const allowed = detail === undefined ? '' : ` (${JSON.stringify(detail)})`;
  return { at: error?.instancePath ?? '', reason: `${error?.message ?? 'is wrong'}${allowed}` };
};

const extensionsIn = (description: JsonObject): string[] => {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if (isObject(node))
      for (const key of Object.keys(node)) if (key.startsWith('x-')) names.add(key);
    Object.values(node).forEach(visit);
  };
  visit(description);
  return [...names];
};
