import SwaggerParser from '@apidevtools/swagger-parser';
import { arrayAt, isObject, objectAt, textAt, type JsonObject } from './json.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** An operation of a path, or what a webhook sends; `name` is its operationId or its event. */
export interface Operation {
  name: string;
  method: string;
  /** The path template; for a webhook the event. */
  path: string;
  /** Those of the path and of the operation. */
  parameters: JsonObject[];
  value: JsonObject;
}

/** The operations of the paths. Parameters are as they stand: dereference the bundle to see them. */
export const operationsOf = (description: JsonObject): Operation[] =>
  operationsUnder(objectAt(description, 'paths'), (_, operation) =>
    textAt(operation, 'operationId'),
  );

/** What the webhooks send, one for each event. */
export const eventsOf = (description: JsonObject): Operation[] =>
  operationsUnder(objectAt(description, 'webhooks'), (event) => event);

const operationsUnder = (
  items: JsonObject,
  nameOf: (path: string, operation: JsonObject) => string | undefined,
): Operation[] =>
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
