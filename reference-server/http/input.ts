import type { Contract } from '../../openapi/contract.ts';

/** What is read of the contract, or of the control API's description, to read bodies. */
export type BodyContract = Pick<Contract, 'document' | 'jsonBodyLimit'>;

/** A body as handlers take it. */
export interface Input {
  readonly body: unknown;
  /** The files of a form by the names of their fields. */
  readonly files: ReadonlyMap<string, Buffer>;
}
