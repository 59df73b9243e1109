import type { Contract } from '../openapi/contract.ts';
import type { Level, RequirementId } from '../openapi/register.ts';
import type { Sink } from './sink/sink.ts';
import type { Capability } from './targets/target.ts';
import type { Acceptances } from './world/acceptance.ts';
import type { Delivery } from './world/deliveries.ts';
import type { Exchange } from './world/exchange.ts';
import type { Fetch } from './world/fetch.ts';
import type { OperationNames } from './world/operations.ts';
import type { FindFlaw } from './world/odd-answers.ts';
import type { FindSurplus } from './world/surplus.ts';
import type { World } from './world/world.ts';

/**
 * Stands between suite and server and breaks one promise on the wire. The rule that it belongs to
 * must turn red under it: that is how each check is shown to be able to fail.
 *
 * @param name - tells which operation a method and URL name
 */
export type Liar = (fetch: Fetch, name: OperationNames) => Fetch;

/** Stands between server and sink, and breaks one promise about events on the wire. */
export type DeliveryLiar = (sink: Sink) => Sink;

/** What a rule turns red under: it must name at least one of the two. */
type Lied =
  | { readonly liar: Liar; readonly deliveryLiar?: DeliveryLiar }
  | { readonly liar?: never; readonly deliveryLiar: DeliveryLiar };

interface Stated {
  /** `area/name`; the file is named alike. */
  readonly id: string;
  /** A MUST verifies what the documentation states, a SHOULD what this kit decided. */
  readonly level: Level;
  readonly verifies: readonly [RequirementId, ...RequirementId[]];
  /** What is true of a conformant target. */
  readonly sentence: string;
}

interface Checking extends Stated {
  readonly needs: readonly Capability[];
  /** Whether it waits more than it works: it is begun before the others, so that none waits for it. */
  readonly waits?: true;
  /** Throws a Nonconformity when the target breaks the rule; any other throw is a fault of ours. */
  readonly check: (world: World) => Promise<void>;
}

/** A rule that acts on the target and judges what comes back. */
export type CheckRule = Checking & Lied & { readonly kind: 'check' };

/** What an ambient rule may know besides the exchange or the delivery. */
export interface Surveillance {
  readonly contract: Contract;
  readonly acceptances: Acceptances;
  readonly flawOf: FindFlaw;
  readonly surplusIn: FindSurplus;
}

/** A rule that looks at every exchange of every other rule. */
export interface AmbientExchangeRule extends Stated {
  readonly kind: 'ambient';
  readonly watches: 'exchanges';
  readonly liar: Liar;
  /** Throws a Nonconformity; returns whether the rule applied to the exchange at all. */
  readonly inspect: (exchange: Exchange, surveillance: Surveillance) => boolean;
}

/** A request that arrived at an endpoint which a rule has opened, and the secret of that endpoint. */
export interface Arrival {
  readonly delivery: Delivery;
  readonly secret: string;
}

/** A rule that looks at every request that arrives at an endpoint of any other rule. */
export interface AmbientDeliveryRule extends Stated {
  readonly kind: 'ambient';
  readonly watches: 'deliveries';
  readonly needs: readonly Capability[];
  readonly liar?: never;
  readonly deliveryLiar: DeliveryLiar;
  /** Throws a Nonconformity; returns whether the rule applied to the delivery at all. */
  readonly inspect: (arrival: Arrival, surveillance: Surveillance) => boolean;
}

export type AmbientRule = AmbientExchangeRule | AmbientDeliveryRule;

export type Rule = CheckRule | AmbientRule;

export const defineRule = (rule: Checking & Lied): CheckRule => ({
  kind: 'check',
  ...rule,
});

export const defineAmbientRule = (
  rule: Omit<AmbientExchangeRule, 'kind' | 'watches'>,
): AmbientExchangeRule => ({ kind: 'ambient', watches: 'exchanges', ...rule });

export const defineDeliveryRule = (
  rule: Omit<AmbientDeliveryRule, 'kind' | 'watches' | 'needs'>,
): AmbientDeliveryRule => ({
  kind: 'ambient',
  watches: 'deliveries',
  needs: ['webhooks'],
  ...rule,
});
