import SwaggerParser from '@apidevtools/swagger-parser';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** An operation of a path, or what a webhook sends; `name` is its operationId or its event. */
export interface DescribedOperation {
  name: string;
  method: string;
  /** The path template; for a webhook the event. */
  path: string;
  /** Those of the path and of the operation. */
  parameters: JsonObject[];
  value: JsonObject;
}

/** The operations of the paths. Parameters are as they stand: dereference the bundle to see them. */
export const operationsOf = (description: JsonObject): DescribedOperation[] =>
  operationsUnder(objectAt(description, 'paths'), (_, operation) =>
    textAt(operation, 'operationId'),
  );

/** What the webhooks send, one for each event. */
export const eventsOf = (description: JsonObject): DescribedOperation[] =>
  operationsUnder(objectAt(description, 'webhooks'), (event) => event);

const operationsUnder = (
  items: JsonObject,
  nameOf: (path: string, operation: JsonObject) => string | undefined,
): DescribedOperation[] =>
  Object.entries(items).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const value = isObject(item) ? item[method] : undefined;
      if (!isObject(value)) return [];
      const parameters = [...arrayAt(item, 'parameters'), ...arrayAt(value, 'parameters')];
      const name = nameOf(path, value) ?? `${method} ${path}`;
      return [{ name, method, path, parameters: parameters.filter(isObject), value }];
    }),
  );

/** A copy of the bundle without any `$ref`; what was one component is one object in the copy. */
export const dereference = async (bundle: JsonObject): Promise<JsonObject> => {
  const copy = structuredClone(bundle) as unknown as Parameters<
    typeof SwaggerParser.dereference
  >[0];
  return (await SwaggerParser.dereference(copy)) as unknown as JsonObject;
};

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
