import { eventsOf, operationsOf } from './description.ts';
import { isObject, objectAt, textAt, type Json, type JsonObject } from './json.ts';
import { branchesOf } from './schema-branches.ts';

const prefix = '#/components/';

/**
 * `field/<Schema>/<property>` for each property of each component schema that an answer or a
 * webhook shows; properties of objects written in place are dotted (`field/Error/error.code`).
 * A property that another schema brings in belongs to that schema.
 */
export const fieldFacets = (bundle: JsonObject): string[] =>
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
