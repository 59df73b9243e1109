import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Pointer } from '../../openapi/contract.ts';

/** The contract's description of the schema at a pointer, if it has one. */
export type DescribeSchema = (pointer: Pointer) => string | undefined;

/**
 * Describes what is wrong with a value: the field, and what it must be.
 *
 * @param errors - Ajv's errors, in its order, with `verbose` on
 * @param root - the name of the value itself in messages, such as `The body` or a parameter's name
 * @param describe - returns the reason for a conditional rule
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
  // An item of an array that is the value itself, such as a repeated parameter, has no own name.
  return /^\D/.test(path[0] ?? '') ? path.join('.') : root;
};

const unescape = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

const limitOf = ({ params }: ErrorObject): number => Number(params['limit']);

const limitWithUnit = (error: ErrorObject, one: string): string =>
  `${limitOf(error)} ${one}${limitOf(error) === 1 ? '' : 's'}`;

const predicates: Readonly<Record<string, (error: ErrorObject) => string>> = {
  required: () => 'is required',
  enum: ({ params }) => `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`,
  const: ({ params }) => `must be ${String(params['allowedValue'])}`,
  type: ({ params }) => `must be ${namesOf(params['type'] as TypeName | TypeName[])}`,
  minLength: (error) =>
    limitOf(error) === 1
      ? 'must not be empty'
      : `must have at least ${limitWithUnit(error, 'character')}`,
  maxLength: (error) => `must have at most ${limitWithUnit(error, 'character')}`,
  minItems: (error) => `must have at least ${limitWithUnit(error, 'item')}`,
  maxItems: (error) => `must have at most ${limitWithUnit(error, 'item')}`,
  minProperties: (error) => `must have at least ${limitWithUnit(error, 'field')}`,
  maxProperties: (error) => `must have at most ${limitWithUnit(error, 'field')}`,
  uniqueItems: () => 'must not have the same item twice',
  minimum: (error) => `must be at least ${limitOf(error)}`,
  maximum: (error) => `must be at most ${limitOf(error)}`,
  exclusiveMinimum: (error) => `must be more than ${limitOf(error)}`,
  exclusiveMaximum: (error) => `must be less than ${limitOf(error)}`,
  multipleOf: ({ params }) => `must be a multiple of ${String(params['multipleOf'])}`,
  additionalProperties: ({ params }) =>
    `must not have a field ${String(params['additionalProperty'])}`,
  unevaluatedProperties: ({ params }) =>
    `must not have a field ${String(params['unevaluatedProperty'])}`,
  'false schema': () => 'must be left out',
  format: ({ params }) =>
    `must be ${formatNames[String(params['format'])] ?? `a valid ${String(params['format'])}`}`,
  pattern: patternPredicate,
};

/** Falls back to Ajv's own message, for example for a choice of schemas. */
const predicateOf = (error: ErrorObject): string =>
  predicates[error.keyword]?.(error) ?? String(error.message);

/** Prefers the contract's description to the pattern itself. */
function patternPredicate(error: ErrorObject): string {
  if (error.schema === '\\S') return 'must not be blank';
  const description = descriptionOf(error)?.replace(/\.$/, '');
  if (description === undefined) return `must match the pattern ${String(error.schema)}`;
  return `must be ${description.charAt(0).toLowerCase()}${description.slice(1)}`;
}

const descriptionOf = (error: ErrorObject): string | undefined => {
  const { description } = error.parentSchema as { description?: string };
  return description?.replaceAll('`', '');
};

/** Formats whose name alone isn't clear. */
const formatNames: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  'date-time': 'a timestamp, such as 2026-05-04T08:30:00Z',
  date: 'a date, such as 2026-05-04',
  time: 'a time of day, such as 08:30:00Z',
  email: 'an e-mail address, such as sophie@example.com',
  uri:
    'an absolute URL, such as https://example.com/path; characters other than ASCII letters, digits ' +
    'and URL punctuation must be percent-encoded (a blank: %20), and host names in their xn-- form',
  ipv4: 'an IPv4 address, such as 192.0.2.1',
  ipv6: 'an IPv6 address, such as 2001:db8::1',
  int32: 'a 32-bit integer',
  int64: 'a 64-bit integer',
};

const typeNames = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  null: 'left out',
} as const;

type TypeName = keyof typeof typeNames;

const namesOf = (types: TypeName | TypeName[]): string =>
  [types]
    .flat()
    .map((type) => typeNames[type])
    .join(' or ');
