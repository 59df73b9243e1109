/** A JSON value as the contract's files hold it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under a key, or an empty one: what is absent has no members. */
export const objectAt = (value: unknown, key: string): JsonObject => {
  const member = isObject(value) ? value[key] : undefined;
  return isObject(member) ? member : {};
};

/** The array under a key, or an empty one. */
export const arrayAt = (value: unknown, key: string): Json[] => {
  const member = isObject(value) ? value[key] : undefined;
  return Array.isArray(member) ? member : [];
};

/** The text under a key, or undefined. */
export const textAt = (value: unknown, key: string): string | undefined => {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === 'string' ? member : undefined;
};

/** The texts of the array under a key; anything else in it is left to the schema to refuse. */
export const textsAt = (value: unknown, key: string): string[] =>
  arrayAt(value, key).filter((item) => typeof item === 'string');

/** JSON as it is committed: two spaces, a new line at the end, the same for the same value. */
export const printJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
