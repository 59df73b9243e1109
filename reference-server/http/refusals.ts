import { inspect } from 'node:util';
import type { Request } from 'express';
import type { Contract, ContractResponse } from '../../openapi/contract.ts';
import type { components } from '../../openapi/generated/types.ts';
import { NotKept } from '../state/transaction.ts';

type Responses = components['responses'];

/** The error codes of the contract. */
export type ErrorCode = Responses[keyof Responses]['content']['application/json']['error']['code'];

/** A request that is refused. Its code gives the status, by the contract. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

/** Something that isn't there, or is another organisation's: the two look alike (LG-ERR-018). */
export const notFound = (what: string): Refusal => new Refusal('not_found', `${what} not found.`);

/** Input that can't be taken; the message names the field. */
export const invalid = (message: string): Refusal => new Refusal('invalid_body', message);

/** What the contract says of errors, whatever the operation. */
export interface ErrorTable {
  /** The status of a code (LG-ERR-005 to LG-ERR-012). */
  readonly statusOf: (code: ErrorCode) => number;
  /** An error with this status as the contract describes it; undefined if it knows none. */
  readonly responseOf: (status: number) => ContractResponse | undefined;
}

/** Reads from the contract's responses which code comes with which status. Throws on two statuses. */
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

/** A fault that a test asked for; there is nothing to complain of. */
export class PlannedFailure extends Error {}

/**
 * The refusal that an error is; any other error is a fault of the server's own, which is complained
 * of and answered as `internal` (LG-ERR-020).
 */
export const refusalOf = (
  error: unknown,
  { method, url }: Pick<Request, 'method' | 'url'>,
  complain: (line: string) => void,
): Refusal => {
  if (error instanceof Refusal) return error;
  // What could not be kept was told, once for all requests, by whom it could not be kept.
  if (!(error instanceof PlannedFailure || error instanceof NotKept)) {
    complain(`${method} ${url} failed: ${inspect(error)}`);
  }
  return new Refusal(
    'internal',
    'The server failed. Nothing was changed; the request can be sent again.',
  );
};
