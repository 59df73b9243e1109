import { eventsOf, operationsOf, type Operation } from './description.ts';
import { isObject, objectAt, textAt, textsAt, type Json, type JsonObject } from './json.ts';
import { branchesOf } from './schema-branches.ts';
import { fieldFacets } from './schema-fields.ts';

/**
 * The facets of a bundle: everything in it that an entry of the register must account for.
 *
 *     scope/<scope>   status/<operation>/<status>   parameter/<operation>/<name>
 *     request/<operation>/<field>   media/<operation>/<request media type>
 *     field/<Schema>/<property>   event/<event>   header/<name>   code/<error code>
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

const operationFacets = (operation: Operation): string[] => {
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

const responsesOf = ({ value }: Operation): Json[] => Object.values(objectAt(value, 'responses'));

const responseHeaders = (operation: Operation): string[] =>
  responsesOf(operation).flatMap((response) => Object.keys(objectAt(response, 'headers')));

const sentHeaders = ({ parameters }: Operation): string[] =>
  parameters
    .filter((parameter) => parameter.in === 'header')
    .map((parameter) => textAt(parameter, 'name') ?? '');

/** The codes of every error body: the enum (or const) of the property `code` under `error`. */
const errorCodes = (operation: Operation): string[] =>
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
