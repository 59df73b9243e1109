import { inspect } from 'node:util';
import type { Request } from 'express';
import type { Contract, ContractResponse } from '../../openapi/contract.ts';
import type { components } from '../../openapi/generated/types.ts';
import { NotSaved } from '../state/transaction.ts';

type Responses = components['responses'];

/** The error codes of the contract. */
export type ErrorCode = Responses[keyof Responses]['content']['application/json']['error']['code'];

/** A refused request. The contract maps its code to the status. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

/**
 * Something that doesn't exist, or is another organisation's: the two look the same (LG-ERR-018).
 */
export const notFound = (what: string): Refusal => new Refusal('not_found', `${what} not found.`);

/** Invalid input; the message names the field. */
export const invalid = (message: string): Refusal => new Refusal('invalid_body', message);

/** The contract's errors, independent of the operation. */
export interface ErrorTable {
  /** The status of a code (LG-ERR-005 to LG-ERR-012). */
  readonly statusOf: (code: ErrorCode) => number;
  /** The contract's error response with this status; undefined if there is none. */
  readonly responseOf: (status: number) => ContractResponse | undefined;
}

/**
 * Reads the status of each code from the contract's responses. Throws on a code with two statuses.
 */
export const readErrorTable = (contract: Contract): ErrorTable => {
  const responses = Object.values(contract.operations)
    .flatMap((operation) => Object.values(operation.responses))
    .filter((response) => response.codes.length > 0);
  const statuses = new Map<string, number>();
  for (const { status, codes } of responses) {
    for (const code of codes) {
      if ((statuses.get(code) ?? status) !== status) {
        throw new Error(`The contract gives ${code} to more than one status.`);
      }
      statuses.set(code, status);
    }
  }
  const byStatus = new Map(responses.map((response) => [response.status, response]));
  return {
    statusOf: (code) => {
      const status = statuses.get(code);
      if (status === undefined) throw new Error(`The contract gives no status to ${code}.`);
      return status;
    },
    responseOf: (status) => byStatus.get(status),
  };
};

/** A failure that a test planned; it isn't logged. */
export class PlannedFailure extends Error {}

/**
 * Returns a refusal as it is; any other error is internal, is logged, and becomes the refusal
 * `internal` (LG-ERR-020).
 */
export const toRefusal = (
  error: unknown,
  { method, url }: Pick<Request, 'method' | 'url'>,
  logError: (line: string) => void,
): Refusal => {
  if (error instanceof Refusal) return error;
  // Failed writes are logged where they happen, once for all requests.
  if (!(error instanceof PlannedFailure || error instanceof NotSaved)) {
    logError(`${method} ${url} failed: ${inspect(error)}`);
  }
  return new Refusal(
    'internal',
    'The server failed. Nothing was changed; the request can be sent again.',
  );
};
