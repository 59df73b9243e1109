import { type Contract, type Operation, type Pointer, schemaAt } from '../../openapi/contract.ts';
import { invalid, Refusal } from '../http/refusals.ts';
import { jsonResponse, type PreparedResponse } from '../http/response.ts';

/** The preferences of a request that the playground supports. */
export interface Preference {
  /** The response to send instead of performing the operation. */
  readonly response?: { readonly operation: Operation; readonly status: number };
  /** How long to delay the response, in milliseconds. */
  readonly delay?: number;
}

/**
 * Reads the preferences in a Prefer header, `code=429, delay=500`; others are ignored.
 *
 * @param operation - the operation of the request, if there is one
 * @throws Refusal invalid_body for a code that the operation doesn't have, and for an invalid
 *   delay; not_found for a code without an operation
 */
export const readPreference = (header: string, operation: Operation | undefined): Preference => {
  const preferences = readPreferences(header);
  const code = preferences.get('code');
  const delay = preferences.get('delay');
  return {
    ...(code !== undefined && { response: readCode(code, operation) }),
    ...(delay !== undefined && { delay: readDelay(delay) }),
  };
};

const readCode = (
  code: string,
  operation: Operation | undefined,
): Preference['response'] & object => {
  if (!operation) {
    const what = 'There is no operation at this path and method, and so no response to prefer.';
    throw new Refusal('not_found', what);
  }
  const status = Object.values(operation.responses).find((one) => String(one.status) === code);
  if (status) return { operation, status: status.status };
  const known = Object.keys(operation.responses).join(', ');
  throw invalid(`Prefer: code must be a status of ${operation.id}: ${known}.`);
};

const readDelay = (delay: string): number => {
  const milliseconds = Number(delay);
  if (/^\d+$/.test(delay) && milliseconds <= maxDelay) return milliseconds;
  throw invalid(`Prefer: delay must be a number of milliseconds from 0 to ${maxDelay}.`);
};

/** Formats preferences as in the header. */
export const formatPreference = ({ response: answer, delay }: Preference): string =>
  [
    ...(answer ? [`code=${answer.status}`] : []),
    ...(delay === undefined ? [] : [`delay=${delay}`]),
  ].join(', ');

/** The header that lists the applied preferences (RFC 7240, section 3). */
export const appliedHeader = 'Preference-Applied';

/** An element of a list, or a separator. Commas and semicolons inside quotes don't separate. */
const piece = /(?:"(?:[^"\\]|\\.)*"|[^,;"])+|[,;]/g;

/**
 * Reads a Prefer header by RFC 7240: names in any case, values optionally in quotes, parameters
 * after a semicolon, which are ignored. The first preference of a name counts; a missing value is
 * an empty string.
 */
export const readPreferences = (header: string): ReadonlyMap<string, string> => {
  const preferences = new Map<string, string>();
  let isParameter = false;
  for (const [text] of header.matchAll(piece)) {
    if (text === ',' || text === ';') {
      isParameter = text === ';';
      continue;
    }
    const [name = '', ...value] = text.split('=');
    const key = name.trim().toLowerCase();
    if (isParameter || key === '' || preferences.has(key)) continue;
    preferences.set(key, unquote(value.join('=').trim()));
  }
  return preferences;
};

const unquote = (word: string): string =>
  /^".*"$/.test(word) ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word;

/**
 * The contract's example of a response, with its headers.
 *
 * @param status - a status of the operation
 */
export const exampleResponse = (
  contract: Contract,
  { id, responses }: Operation,
  status: number,
): PreparedResponse => {
  const response = responses[status];
  const [example] = Object.values(response?.content['application/json']?.examples ?? {});
  if (!response || example === undefined) {
    throw new Error(`The contract has no example of ${id} ${status}.`);
  }
  const headers = Object.entries(response.headers).map(([name, { schema }]) => [
    name,
    String(headerAt(contract, schema)['example']),
  ]);
  return jsonResponse(status, example, Object.fromEntries(headers) as Record<string, string>);
};

/** The header that has a schema. */
const headerAt = (contract: Contract, schema: Pointer) =>
  schemaAt(contract, schema.replace(/\/schema$/, '') as Pointer);

/** The maximum delay of a response, in milliseconds. */
export const maxDelay = 60_000;
