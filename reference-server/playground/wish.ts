import type { Operation } from '../../openapi/contract.ts';
import { longestDelay } from '../config.ts';
import { invalid, Refusal } from '../http/refusal.ts';
import { readPreferences } from './preferences.ts';

/** What a request asks this server to pretend. */
export interface Wish {
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
export const readWish = (header: string, operation: Operation | undefined): Wish => {
  const preferences = readPreferences(header);
  const code = preferences.get('code');
  const delay = preferences.get('delay');
  return {
    ...(code !== undefined && { answer: readCode(code, operation) }),
    ...(delay !== undefined && { delay: readDelay(delay) }),
  };
};

const readCode = (code: string, operation: Operation | undefined): Wish['answer'] & object => {
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
export const writeWish = ({ answer, delay }: Wish): string =>
  [
    ...(answer ? [`code=${answer.status}`] : []),
    ...(delay === undefined ? [] : [`delay=${delay}`]),
  ].join(', ');
