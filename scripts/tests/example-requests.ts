import {
  arrayAt,
  type DescribedOperation,
  isObject,
  type Json,
  type JsonObject,
  objectAt,
  textAt,
} from '../contract/description.ts';

/** A request built from the contract's examples. */
export interface ExampleRequest {
  title: string;
  operation: DescribedOperation;
  /** Path with its parameters filled in. */
  path: string;
  contentType?: string;
  body?: string | FormData;
}

/** A request for each media type of the operation's body, or one without a body. */
export const exampleRequests = (operation: DescribedOperation): ExampleRequest[] => {
  const path = operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (template, parameter) =>
        template.replace(`{${textAt(parameter, 'name') ?? ''}}`, asText(exampleOf(parameter))),
      operation.path,
    );
  const media = Object.entries(objectAt(objectAt(operation.value, 'requestBody'), 'content'));
  if (media.length === 0) return [{ title: operation.name, operation, path }];
  return media.map(([type, content]) => ({
    title: `${operation.name} as ${type}`,
    operation,
    path,
    ...encode(type, isObject(content) ? content : {}),
  }));
};

const exampleOf = (carrier: JsonObject): Json => {
  if (carrier.example !== undefined) return carrier.example;
  const [first] = Object.values(objectAt(carrier, 'examples'));
  return isObject(first) ? (first.value ?? null) : null;
};

const encode = (
  type: string,
  media: JsonObject,
): { contentType?: string; body: string | FormData } => {
  const value = exampleOf(media);
  if (type === 'application/json') return { contentType: type, body: JSON.stringify(value) };
  if (type !== 'multipart/form-data') return { contentType: type, body: asText(value) };
  const form = new FormData();
  for (const [name, field] of Object.entries(isObject(value) ? value : {})) {
    if (isBinary(media.schema, name)) form.set(name, new Blob([asText(field)]), `${name}.bin`);
    else form.set(name, asText(field));
  }
  // fetch adds the boundary to the Content-Type.
  return { body: form };
};

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isBinary = (schema: Json | undefined, name: string): boolean =>
  isObject(schema) &&
  (textAt(objectAt(objectAt(schema, 'properties'), name), 'format') === 'binary' ||
    arrayAt(schema, 'allOf').some((branch) => isBinary(branch, name)));
