import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Pointer } from '../../openapi/contract.ts';

/** What the contract says of the schema at a pointer, if anything. */
export type DescribeSchema = (pointer: Pointer) => string | undefined;

/**
 * Says what is wrong with a value, for people: it names the field and what it must be.
 *
 * @param errors - what Ajv found, in its order, with `verbose` on
 * @param root - what to call the value itself, such as `The body` or a parameter's name
 * @param describe - where the reason for a rule under a condition is found
 */
export const describeProblem = (
  errors: ValidateFunction['errors'],
  root: string,
  describe?: DescribeSchema,
): string => {
  const first = errors?.[0];
  /* v8 ignore next -- Ajv has an error for whatever it refuses, which its types can't say */
  if (!first) return `${root} is not allowed.`;
  const condition = /^(#.+)\/then\//.exec(first.schemaPath)?.[1];
  const reason = condition === undefined ? undefined : describe?.(condition as Pointer);
  const sentence = `${subjectOf(first, root)} ${predicateOf(first)}.`;
  return reason === undefined ? sentence : `${sentence} ${reason}`;
};

const subjectOf = (error: ErrorObject, root: string): string => {
  const path = error.instancePath.split('/').slice(1).map(unescape);
  if (error.keyword === 'required') path.push(String(error.params['missingProperty']));
  // An item of a list that is the value itself, as a repeated parameter is, has no name of its own.
  return /^\D/.test(path[0] ?? '') ? path.join('.') : root;
};

const unescape = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

const predicates: Readonly<Record<string, (error: ErrorObject) => string>> = {
  required: () => 'is required',
  enum: ({ params }) => `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`,
  const: ({ params }) => `must be ${String(params['allowedValue'])}`,
  type: ({ params }) => `must be ${namesOf(params['type'] as TypeName | TypeName[])}`,
  minLength: () => 'must not be empty',
  minItems: ({ params }) => `must have at least ${String(params['limit'])} item`,
  minimum: ({ params }) => `must be at least ${String(params['limit'])}`,
  maximum: ({ params }) => `must be at most ${String(params['limit'])}`,
  exclusiveMinimum: ({ params }) => `must be more than ${String(params['limit'])}`,
  format: ({ params }) => `must be ${formatNames[String(params['format'])] ?? 'otherwise'}`,
  pattern: patternPredicate,
};

const predicateOf = (error: ErrorObject): string =>
  predicates[error.keyword]?.(error) ?? String(error.message);

/** A pattern says nothing to people; the contract's description of it does. */
function patternPredicate(error: ErrorObject): string {
  if (error.schema === '\\S') return 'must not be blank';
  const description = descriptionOf(error).replace(/\.$/, '');
  return `must be ${description.charAt(0).toLowerCase()}${description.slice(1)}`;
}

const descriptionOf = (error: ErrorObject): string => {
  const description = (error.parentSchema as { description?: string } | undefined)?.description;
  return description?.replaceAll('`', '') ?? 'otherwise';
};

const formatNames: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  'date-time': 'a moment, such as 2026-05-04T08:30:00Z',
};

const typeNames = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'left out',
} as const;

type TypeName = keyof typeof typeNames;

const namesOf = (types: TypeName | TypeName[]): string =>
  [types]
    .flat()
    .map((type) => typeNames[type])
    .join(' or ');
