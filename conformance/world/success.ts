import type { Acceptances } from './acceptance.ts';
import type { Exchange } from './exchange.ts';

/** The accepted success that an exchange is, with the contract's response for it, if it is one. */
export const successOf = (
  { operation, response: { status } }: Exchange,
  acceptances: Acceptances,
) => {
  const acceptance = operation && acceptances.of(operation, status);
  return operation && acceptance?.success && acceptance.response
    ? { operation, status, response: acceptance.response, decided: acceptance.decided }
    : undefined;
};
