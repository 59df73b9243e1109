import { isObject, type Json } from './json.ts';

/** The schemas that speak of the same value as this one: its alternatives and conditions. */
export const branchesOf = (schema: Json | undefined): Json[] => {
  if (!isObject(schema)) return [];
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => {
    const list = schema[key];
    return Array.isArray(list) ? list : [];
  });
  const conditions = [schema.then, schema.else].filter((branch) => branch !== undefined);
  return [...lists, ...conditions];
};
