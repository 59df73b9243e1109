import { type Contract, type Operation, type Pointer, schemaAt } from '../../openapi/contract.ts';
import { invalid, Refusal } from '../http/refusals.ts';
import { type Answer, answerWith } from '../http/response.ts';

/** What a request asks this server to pretend. */
export interface Preference {
  /** The answer to give, with its operation, in place of doing anything. */
  readonly answer?: { readonly operation: Operation; readonly status: number };
  /** How long to wait, in milliseconds. */
  readonly delay?: number;
}

/**
 * Reads the wishes in a Prefer header, `code=429, delay=500`; other preferences are none.
 *
 * @param operation - what the request is for, as far as it is for anything
 * @throws Refusal invalid_body for a code that the contract doesn't give the operation, and for what
 *   is no wait; not_found for a code where there is no operation
 */
export const readPreference = (header: string, operation: Operation | undefined): Preference => {
  const preferences = readPreferences(header);
  const code = preferences.get('code');
  const delay = preferences.get('delay');
  return {
    ...(code !== undefined && { answer: readCode(code, operation) }),
    ...(delay !== undefined && { delay: readDelay(delay) }),
  };
};

const readCode = (
  code: string,
  operation: Operation | undefined,
): Preference['answer'] & object => {
  if (!operation) {
    const what = 'There is nothing at this path and method, and so no answer to prefer.';
    throw new Refusal('not_found', what);
  }
  const status = Object.values(operation.responses).find((one) => String(one.status) === code);
  if (status) return { operation, status: status.status };
  const known = Object.keys(operation.responses).join(', ');
  throw invalid(`Prefer: code must be one that ${operation.id} has: ${known}.`);
};

const readDelay = (delay: string): number => {
  const milliseconds = Number(delay);
  if (/^\d+$/.test(delay) && milliseconds <= longestDelay) return milliseconds;
  throw invalid(`Prefer: delay must be a number of milliseconds from 0 to ${longestDelay}.`);
};

/** Says a wish in the words of the header. */
export const formatPreference = ({ answer, delay }: Preference): string =>
  [
    ...(answer ? [`code=${answer.status}`] : []),
    ...(delay === undefined ? [] : [`delay=${delay}`]),
  ].join(', ');

/** The header that says which preferences were heeded (RFC 7240, section 3). */
export const appliedHeader = 'Preference-Applied';

/** A word of a list: anything but a comma or semicolon, save inside quotes. */
const piece = /(?:"(?:[^"\\]|\\.)*"|[^,;"])+|[,;]/g;

/**
 * Reads a Prefer header as RFC 7240 writes it: names in any letter case, values perhaps in quotes,
 * parameters after a semicolon (which say nothing here). The first of a name counts; one without a
 * value has an empty one.
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
 * The contract's own example of an answer, headers and all.
 *
 * @param status - one that the contract gives the operation
 */
export const exampleAnswer = (
  contract: Contract,
  { id, responses }: Operation,
  status: number,
): Answer => {
  const response = responses[status];
  const [example] = Object.values(response?.content['application/json']?.examples ?? {});
  if (!response || example === undefined) {
    throw new Error(`The contract has no example of ${id} ${status}.`);
  }
  const headers = Object.entries(response.headers).map(([name, { schema }]) => [
    name,
    String(headerAt(contract, schema)['example']),
  ]);
  return answerWith(status, example, Object.fromEntries(headers) as Record<string, string>);
};

/** The header around a schema. */
const headerAt = (contract: Contract, schema: Pointer) =>
  schemaAt(contract, schema.replace(/\/schema$/, '') as Pointer);

/** The longest that an answer can be held back, in milliseconds. */
export const longestDelay = 60_000;
