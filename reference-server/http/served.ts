import type { Operation, OperationId } from '../../openapi/contract.ts';
import type { AnyHandler } from './handler.ts';
import type { Match } from './match.ts';
import { Refusal } from './refusal.ts';

/** Handlers by operation. */
export type HandlerTable = Readonly<Record<OperationId, AnyHandler>>;

export interface Served {
  readonly operation: Operation;
  readonly handler: AnyHandler;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * What serves a request.
 *
 * @throws Refusal not_found for an unknown path or method (LG-ERR-024 to LG-ERR-026)
 */
export const requireServed = (
  match: Match<Operation> | undefined,
  handlers: HandlerTable,
): Served => {
  if (!match) throw new Refusal('not_found', 'There is nothing at this path and method.');
  const { route: operation, params } = match;
  return { operation, handler: handlers[operation.id], params };
};
