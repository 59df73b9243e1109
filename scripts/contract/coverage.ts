import {
  type DescribedOperation,
  eventsOf,
  isObject,
  type Json,
  type JsonObject,
  objectAt,
  operationsOf,
  textAt,
  textsAt,
} from './description.ts';
import type { Entry } from './register.ts';
import type { Problem } from './sources.ts';

/** The register covers every facet of the bundle, and no facet that doesn't exist. */
export const checkCoverage = (entries: readonly Entry[], facets: readonly string[]): Problem[] => {
  const patterns = entries.flatMap((entry) =>
    textsAt(entry.value, 'covers').map((pattern) => ({ entry, pattern, covers: matcher(pattern) })),
  );
  const idle = patterns
    .filter(({ covers }) => !facets.some(covers))
    .map(({ entry, pattern }) => ({
      file: entry.file,
      where: entry.where,
      what: `${entry.id} covers ${pattern}, which matches no facet of the bundle.`,
      next: 'fix the pattern; facets are spelled as in openapi/generated/openapi.json',
    }));
  const uncovered = facets
    .filter((facet) => !patterns.some(({ covers }) => covers(facet)))
    .map((facet) => ({
      file: 'requirements',
      where: '',
      what: `No entry covers ${facet}.`,
      next: 'add it to `covers` of the entry that describes it, or write that entry',
    }));
  return [...idle, ...uncovered];
};

/** `*` matches anything within a segment; a media type, with its slash, is one segment. */
const matcher = (pattern: string) => {
  const media = pattern.startsWith('media/');
  const source = pattern
    .split('/')
    .map((segment, at) => {
      const wildcard = media && at >= 2 ? '.*' : '[^/]*';
      return segment.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', wildcard);
    })
    .join('/');
  const expression = new RegExp(`^${source}$`);
  return (facet: string): boolean => expression.test(facet);
};

/** The requirements that a rule claims to verify. */
export interface Claim {
  /** The id of the rule. */
  rule: string;
  /** Ids of the register. */
  verifies: readonly string[];
}

/**
 * Returns one sentence for each id that a rule verifies and the register doesn't have.
 *
 * The type `RequirementId` checks the same at compile time; this is for rules from other code, and
 * for casts.
 */
export const checkVerifies = (
  claims: readonly Claim[],
  register: readonly { id: string }[],
): string[] => {
  const known = new Set(register.map(({ id }) => id));
  return claims.flatMap(({ rule, verifies }) =>
    verifies
      .filter((id) => !known.has(id))
      .map((id) => `Rule ${rule} verifies ${id}, which is not in the register.`),
  );
};

/**
 * The facets of a bundle: everything in it that an entry of the register must cover.
 *
 * scope/<scope>   status/<operation>/<status>   parameter/<operation>/<name>
 * request/<operation>/<field>   media/<operation>/<request media type> field/<Schema>/<property>
 * event/<event>   header/<name>   code/<error code>
 *
 * `bundle` is as generated, `description` the same without `$ref`s.
 */
export const facetsOf = (bundle: JsonObject, description: JsonObject): string[] => {
  const operations = operationsOf(description);
  const events = eventsOf(description);
  const facets = [
    ...scopesOf(description).map((scope) => `scope/${scope}`),
    ...operations.flatMap(operationFacets),
    ...fieldFacets(bundle),
    ...events.map(({ name }) => `event/${name}`),
    ...[...operations.flatMap(responseHeaders), ...events.flatMap(sentHeaders)].map(
      (name) => `header/${name}`,
    ),
    ...operations.flatMap(errorCodes).map((code) => `code/${code}`),
  ];
  return [...new Set(facets)].sort();
};

const scopesOf = (description: JsonObject): string[] =>
  Object.values(objectAt(objectAt(description, 'components'), 'securitySchemes')).flatMap(
    (scheme) => Object.keys(objectAt(scheme, 'x-scopes')),
  );

const operationFacets = (operation: DescribedOperation): string[] => {
  const { name, parameters, value } = operation;
  const content = objectAt(objectAt(value, 'requestBody'), 'content');
  return [
    ...Object.keys(objectAt(value, 'responses')).map((status) => `status/${name}/${status}`),
    ...parameters.map((parameter) => `parameter/${name}/${textAt(parameter, 'name') ?? ''}`),
    ...Object.keys(content).map((type) => `media/${name}/${type}`),
    ...Object.values(content)
      .flatMap((media) => propertyNames(objectAt(media, 'schema')))
      .map((field) => `request/${name}/${field}`),
  ];
};

/** The top-level properties of a schema, those of its branches included. */
const propertyNames = (schema: Json | undefined): string[] => {
  if (!isObject(schema)) return [];
  return [
    ...Object.keys(objectAt(schema, 'properties')),
    ...branchesOf(schema).flatMap(propertyNames),
  ];
};

const responsesOf = ({ value }: DescribedOperation): Json[] =>
  Object.values(objectAt(value, 'responses'));

const responseHeaders = (operation: DescribedOperation): string[] =>
  responsesOf(operation).flatMap((response) => Object.keys(objectAt(response, 'headers')));

const sentHeaders = ({ parameters }: DescribedOperation): string[] =>
  parameters
    .filter((parameter) => parameter.in === 'header')
    .map((parameter) => textAt(parameter, 'name') ?? '');

/** The codes of every error body: the enum (or const) of the property `code` under `error`. */
const errorCodes = (operation: DescribedOperation): string[] =>
  responsesOf(operation)
    .flatMap((response) => Object.values(objectAt(response, 'content')))
    .flatMap((media) => codesIn(objectAt(media, 'schema'), []));

const codesIn = (schema: Json | undefined, path: readonly string[]): string[] => {
  if (!isObject(schema)) return [];
  const here = path.join('.') === 'error.code' ? codesOf(schema) : [];
  const properties = Object.entries(objectAt(schema, 'properties'));
  return [
    ...here,
    ...branchesOf(schema).flatMap((branch) => codesIn(branch, path)),
    ...properties.flatMap(([name, child]) => codesIn(child, [...path, name])),
  ];
};

const codesOf = (schema: JsonObject): string[] => {
  const one = textAt(schema, 'const');
  return [...textsAt(schema, 'enum'), ...(one === undefined ? [] : [one])];
};

const prefix = '#/components/';

/**
 * `field/<Schema>/<property>` for each property of each component schema that a response or a
 * webhook shows; properties of inline objects are dotted (`field/Error/error.code`). A property
 * from another schema belongs to that schema.
 */
const fieldFacets = (bundle: JsonObject): string[] =>
  shownSchemas(bundle).flatMap((name) => {
    const schema = objectAt(objectAt(bundle, 'components'), 'schemas')[name];
    return fieldsOf(schema, '').map((field) => `field/${name}/${field}`);
  });

const shownSchemas = (bundle: JsonObject): string[] => {
  const names = new Set<string>();
  const seen = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (!isObject(node)) return;
    const reference = textAt(node, '$ref');
    if (reference?.startsWith(prefix) === true && !seen.has(reference)) {
      seen.add(reference);
      const [kind = '', name = ''] = reference.slice(prefix.length).split('/');
      if (kind === 'schemas') names.add(name);
      visit(objectAt(objectAt(bundle, 'components'), kind)[name]);
    }
    Object.values(node).forEach(visit);
  };
  for (const { value } of operationsOf(bundle)) visit(objectAt(value, 'responses'));
  for (const { value } of eventsOf(bundle)) visit(objectAt(value, 'requestBody'));
  return [...names].sort();
};

const fieldsOf = (schema: Json | undefined, path: string): string[] => {
  if (!isObject(schema)) return [];
  const own = Object.entries(objectAt(schema, 'properties')).flatMap(([name, child]) => [
    `${path}${name}`,
    ...fieldsOf(child, `${path}${name}.`),
  ]);
  const others = [schema.items, ...branchesOf(schema)];
  return [...new Set([...own, ...others.flatMap((other) => fieldsOf(other, path))])];
};

/** The schemas that apply to the same value as this one: its alternatives and conditions. */
const branchesOf = (schema: Json | undefined): Json[] => {
  if (!isObject(schema)) return [];
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => {
    const list = schema[key];
    return Array.isArray(list) ? list : [];
  });
  const conditions = [schema.then, schema.else].filter((branch) => branch !== undefined);
  return [...lists, ...conditions];
};
