import type { Operation, OperationId } from '../../openapi/contract.ts';
import type { AnyHandler } from './handler.ts';
import type { Match } from './match.ts';
import { Refusal } from './refusal.ts';

/** Handlers by operation; an operation without one isn't served. */
export type HandlerTable = Readonly<Partial<Record<OperationId, AnyHandler>>>;

export interface Served {
  readonly operation: Operation;
  readonly handler: AnyHandler;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * What serves a request.
 *
 * @throws Refusal not_found for an unknown path or method, and for an operation without a handler
 */
export const requireServed = (
  match: Match<Operation> | undefined,
  handlers: HandlerTable,
): Served => {
  if (!match) throw new Refusal('not_found', 'There is nothing at this path and method.');
  const handler = handlers[match.route.id];
  if (!handler) {
    throw new Refusal('not_found', `${match.route.id} is not served by this server yet.`);
  }
  return { operation: match.route, handler, params: match.params };
};
