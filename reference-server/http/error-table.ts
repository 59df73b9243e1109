import type { Contract, ContractResponse } from '../../openapi/contract.ts';
import type { ErrorCode } from './refusal.ts';

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
