import type { components } from '../../openapi/generated/types.ts';

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
