import SwaggerParser from '@apidevtools/swagger-parser';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** An operation of a path or a webhook; `name` is its operationId or its event. */
export interface DescribedOperation {
  name: string;
  method: string;
  /** The path template; for a webhook the event. */
  path: string;
  /** The parameters of the path and of the operation. */
  parameters: JsonObject[];
  value: JsonObject;
}

/**
 * The operations of the paths. Parameters may be `$ref`s: dereference the bundle first to resolve
 * them.
 */
export const operationsOf = (description: JsonObject): DescribedOperation[] =>
  operationsUnder(objectAt(description, 'paths'), (_, operation) =>
    textAt(operation, 'operationId'),
  );

/** The operations of the webhooks, one for each event. */
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

/** A copy of the bundle without any `$ref`; each component is one object in the copy. */
export const dereference = async (bundle: JsonObject): Promise<JsonObject> => {
  const copy = structuredClone(bundle) as unknown as Parameters<
    typeof SwaggerParser.dereference
  >[0];
  return (await SwaggerParser.dereference(copy)) as unknown as JsonObject;
};

/** A JSON value of the contract's files. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object under a key, or an empty one. */
export const objectAt = (value: unknown, key: string): JsonObject => {
  const member = isObject(value) ? value[key] : undefined;
  return isObject(member) ? member : {};
};

/** The array under a key, or an empty one. */
export const arrayAt = (value: unknown, key: string): Json[] => {
  const member = isObject(value) ? value[key] : undefined;
  return Array.isArray(member) ? member : [];
};

/** The string under a key, or undefined. */
export const textAt = (value: unknown, key: string): string | undefined => {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === 'string' ? member : undefined;
};

/** The strings in the array under a key; other items are ignored, since the schema refuses them. */
export const textsAt = (value: unknown, key: string): string[] =>
  arrayAt(value, key).filter((item) => typeof item === 'string');

/** Formats JSON for a committed file: two spaces, a new line at the end. */
export const printJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
