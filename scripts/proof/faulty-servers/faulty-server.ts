import type { Fault } from '../../../conformance/faults/inject.ts';
import type { Contract, OperationId } from '../../../openapi/contract.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import type { handlers } from '../../../reference-server/handlers.ts';
import type { State } from '../../../reference-server/state/state.ts';

export type Handlers = typeof handlers;

/** What a fault may know of the server that it bends. */
export interface ServerInternals {
  readonly contract: Contract;
  readonly state: State;
  /** The handlers of the reference server. */
  readonly own: Handlers;
}

/** What is put around the reference server, or in place of a part of it. */
export interface Injection {
  /** Between its callers and the server. */
  readonly wire?: Fault;
  /** Between the suite and the control API: what keys look like when a person is given them. */
  readonly control?: Fault;
  /** In place of the handlers of these operations. */
  readonly handlers?: Partial<Handlers>;
  /** Between the server and the receivers of its events. */
  readonly deliver?: (send: SendByFetch) => SendByFetch;
}

/** A faulty server: it breaks one documented statement, and is the reference server otherwise. */
export interface FaultyServer {
  /** `area/name`. */
  readonly id: string;
  /** The statement that it breaks, a MUST. */
  readonly breaks: RequirementId;
  /**
   * Operations at which it breaks the statement, where the register doesn't count them among those
   * that the statement concerns: they follow from its words.
   */
  readonly at?: readonly OperationId[];
  /** What it does wrong, in a sentence. */
  readonly does: string;
  /** Bends a server that starts; what it remembers, it remembers for this server alone. */
  readonly bend: (ground: ServerInternals) => Injection;
}

type Named = readonly [id: string, breaks: RequirementId, does: string];

const identify = (...[id, breaks, does]: Named) => ({ id, breaks, does });

/** A fault that needs to know the server, or bends it in several places. */
export const faultyServer = (
  ...[id, breaks, does, bend]: [...Named, FaultyServer['bend']]
): FaultyServer => ({
  ...identify(id, breaks, does),
  bend,
});

/** A fault on the wire, between callers and server. */
export const onWire = (...[id, breaks, does, wire]: [...Named, Fault]): FaultyServer => ({
  ...identify(id, breaks, does),
  bend: () => ({ wire }),
});

/** A fault of some handlers. */
export const inHandlers = (
  ...[id, breaks, does, replace]: [...Named, (own: Handlers) => Partial<Handlers>]
): FaultyServer => ({
  ...identify(id, breaks, does),
  bend: ({ own }) => ({ handlers: replace(own) }),
});

/** The same fault, told to break its statement at these operations too. */
export const at = (operations: readonly OperationId[], one: FaultyServer): FaultyServer => ({
  ...one,
  at: operations,
});

/** What sends events in the way of `fetch`, whose requests and answers are easily bent. */
export type SendByFetch = typeof fetch;
