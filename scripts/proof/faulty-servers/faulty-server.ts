import type { Fault } from '../../../conformance/faults/inject.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { Contract, OperationId } from '../../../openapi/contract.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import type { handlers } from '../../../reference-server/handlers.ts';
import type { State } from '../../../reference-server/state/state.ts';

export type Handlers = typeof handlers;

/** What a fault gets of the server that it changes. */
export interface ServerInternals {
  readonly contract: Contract;
  readonly state: State;
  /** The handlers of the reference server. */
  readonly own: Handlers;
}

/** What is added around the reference server, or replaces a part of it. */
export interface Injection {
  /** Between its callers and the server. */
  readonly wire?: Fault;
  /** Between the suite and the control API. */
  readonly control?: Fault;
  /** In place of the handlers of these operations. */
  readonly handlers?: Partial<Handlers>;
  /** Between the server and the receivers of its events. */
  readonly deliver?: (send: SendByFetch) => SendByFetch;
}

/** The reference server with one fault, which breaks one documented statement. */
export interface FaultyServer {
  /** `area/name`. */
  readonly id: string;
  /** The statement that it breaks, a MUST. */
  readonly breaks: RequirementId;
  /**
   * Further operations at which it breaks the statement: they follow from its words, but the register
   * doesn't list them.
   */
  readonly at?: readonly OperationId[];
  /** What it does wrong, in a sentence. */
  readonly does: string;
  /** Called once for each server that starts. */
  readonly inject: (internals: ServerInternals) => Injection;
}

type Named = readonly [id: string, breaks: RequirementId, does: string];

const identify = (...[id, breaks, does]: Named) => ({ id, breaks, does });

/** A fault that needs the server's internals, or changes it in several places. */
export const faultyServer = (
  ...[id, breaks, does, inject]: [...Named, FaultyServer['inject']]
): FaultyServer => ({
  ...identify(id, breaks, does),
  inject,
});

/** A fault on the wire, between callers and server. */
export const onWire = (...[id, breaks, does, wire]: [...Named, Fault]): FaultyServer => ({
  ...identify(id, breaks, does),
  inject: () => ({ wire }),
});

/**
 * The fault that a rule brings along, for a faulty server that has the same one.
 *
 * @throws Error for a rule that doesn't exist, or has no fault on the wire
 */
export const faultOfRule = (id: string): Fault => {
  const fault = rules.find((rule) => rule.id === id)?.fault;
  if (!fault) throw new Error(`No rule ${id} has a fault on the wire.`);
  return fault;
};

/** A fault of some handlers. */
export const inHandlers = (
  ...[id, breaks, does, replace]: [...Named, (own: Handlers) => Partial<Handlers>]
): FaultyServer => ({
  ...identify(id, breaks, does),
  inject: ({ own }) => ({ handlers: replace(own) }),
});

/** The same fault, which breaks its statement at these operations too. */
export const at = (operations: readonly OperationId[], one: FaultyServer): FaultyServer => ({
  ...one,
  at: operations,
});

/** Sends webhooks by `fetch`, so that requests and responses are easy to change. */
export type SendByFetch = typeof fetch;
