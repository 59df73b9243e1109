import type { Liar } from '../../../conformance/rule.ts';
import type { Contract, OperationId } from '../../../openapi/contract.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import type { handlers } from '../../../reference-server/handlers.ts';
import type { State } from '../../../reference-server/state/state.ts';
import type { SendByFetch } from '../webhook-way.ts';

export type Handlers = typeof handlers;

/** What a fault may know of the server that it bends. */
export interface Ground {
  readonly contract: Contract;
  readonly state: State;
  /** The handlers of the reference server. */
  readonly own: Handlers;
}

/** What is put around the reference server, or in place of a part of it. */
export interface Bent {
  /** Between its callers and the server. */
  readonly wire?: Liar;
  /** Between the suite and the control API: what keys look like when a person is given them. */
  readonly control?: Liar;
  /** In place of the handlers of these operations. */
  readonly handlers?: Partial<Handlers>;
  /** Between the server and the receivers of its events. */
  readonly deliver?: (send: SendByFetch) => SendByFetch;
}

/** A faulty server: it breaks one documented statement, and is the reference server otherwise. */
export interface Fault {
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
  readonly bend: (ground: Ground) => Bent;
}

type Named = readonly [id: string, breaks: RequirementId, does: string];

const named = (...[id, breaks, does]: Named) => ({ id, breaks, does });

/** A fault that needs to know the server, or bends it in several places. */
export const fault = (...[id, breaks, does, bend]: [...Named, Fault['bend']]): Fault => ({
  ...named(id, breaks, does),
  bend,
});

/** A fault on the wire, between callers and server. */
export const onWire = (...[id, breaks, does, wire]: [...Named, Liar]): Fault => ({
  ...named(id, breaks, does),
  bend: () => ({ wire }),
});

/** A fault of some handlers. */
export const inHandlers = (
  ...[id, breaks, does, replace]: [...Named, (own: Handlers) => Partial<Handlers>]
): Fault => ({
  ...named(id, breaks, does),
  bend: ({ own }) => ({ handlers: replace(own) }),
});

/** The same fault, told to break its statement at these operations too. */
export const at = (operations: readonly OperationId[], one: Fault): Fault => ({
  ...one,
  at: operations,
});
