import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { arrayAt, isObject, textsAt, type Json, type JsonObject } from './json.ts';

/** The TypeScript types of a bundle, as openapi-typescript writes them. */
export const printTypes = async (bundle: JsonObject): Promise<string> =>
  // Redocly's lint has said that this is an OpenAPI document.
  astToString(await openapiTS(hoistRequired(bundle) as unknown as OpenAPI3, { silent: true }));

/**
 * Moves what a branch of an allOf only requires up to the schema that holds the allOf. It means the
 * same, but openapi-typescript makes a type without any known property of such a branch.
 */
const hoistRequired = (node: Json): Json => {
  if (Array.isArray(node)) return node.map(hoistRequired);
  if (!isObject(node)) return node;
  const changed = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, hoistRequired(value)]),
  );
  const branches = arrayAt(changed, 'allOf');
  const bare = branches.filter(onlyRequires);
  if (bare.length === 0) return changed;
  const required = [changed, ...bare].flatMap((schema) => textsAt(schema, 'required'));
  return { ...changed, allOf: branches.filter((branch) => !bare.includes(branch)), required };
};

const onlyRequires = (schema: Json): boolean =>
  isObject(schema) &&
  'required' in schema &&
  Object.keys(schema).every((key) => ['required', 'type', 'description'].includes(key));
