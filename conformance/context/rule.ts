import type { Contract } from '../../openapi/contract.ts';
import type { Level, RequirementId } from '../../openapi/register.ts';
import type { FindAdditionalFields, FindSchemaFlaw } from '../contract/bodies.ts';
import type { Acceptances } from '../contract/permitted-responses.ts';
import type { DeliveryFault, Fault } from '../faults/inject.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Capability } from '../targets/target.ts';
import type { Delivery } from '../webhooks/deliveries.ts';
import type { RuleContext } from './context.ts';

/** The fault that a rule fails under: at least one of the two. */
type OwnFault =
  | { readonly fault: Fault; readonly deliveryFault?: DeliveryFault }
  | { readonly fault?: never; readonly deliveryFault: DeliveryFault };

interface Statement {
  /** `area/name`. */
  readonly id: string;
  /** A MUST verifies what the documentation states, a SHOULD what this kit decided. */
  readonly level: Level;
  readonly verifies: readonly [RequirementId, ...RequirementId[]];
  /** What is true of a conformant target. */
  readonly sentence: string;
  /**
   * The version of the suite in which the rule first existed, where it isn't that of the newest
   * requirement that it verifies.
   */
  readonly since?: `${number}.${number}.${number}`;
}

interface CheckDefinition extends Statement {
  readonly needs: readonly Capability[];
  /** Whether it waits most of the time: such rules start first, so that none ends late. */
  readonly waits?: true;
  /** Whether it sends files of many megabytes: such rules run one at a time. */
  readonly heavy?: true;
  /** Throws a Nonconformity when the target breaks the rule; any other error is one of the suite. */
  readonly check: (context: RuleContext) => Promise<void>;
}

/** A rule that sends requests to the target and checks the responses. */
export type CheckRule = CheckDefinition & OwnFault & { readonly kind: 'check' };

/** What an ambient rule may use besides the exchange or the delivery. */
export interface AmbientContext {
  readonly contract: Contract;
  readonly acceptances: Acceptances;
  readonly flawOf: FindSchemaFlaw;
  readonly additionalFieldsIn: FindAdditionalFields;
}

/** A rule that inspects every exchange of every other rule. */
export interface AmbientExchangeRule extends Statement {
  readonly kind: 'ambient';
  readonly watches: 'exchanges';
  readonly fault: Fault;
  /** Throws a Nonconformity; returns whether the rule applied to the exchange at all. */
  readonly inspect: (exchange: Exchange, context: AmbientContext) => boolean;
}

/** A request that arrived at an endpoint of a rule, and the secret of that endpoint. */
export interface Arrival {
  readonly delivery: Delivery;
  readonly secret: string;
}

/** A rule that inspects every request that arrives at an endpoint of any other rule. */
export interface AmbientDeliveryRule extends Statement {
  readonly kind: 'ambient';
  readonly watches: 'deliveries';
  readonly needs: readonly Capability[];
  readonly fault?: never;
  readonly deliveryFault: DeliveryFault;
  /** Throws a Nonconformity; returns whether the rule applied to the delivery at all. */
  readonly inspect: (arrival: Arrival, context: AmbientContext) => boolean;
}

export type AmbientRule = AmbientExchangeRule | AmbientDeliveryRule;

export type Rule = CheckRule | AmbientRule;

export const defineRule = (rule: CheckDefinition & OwnFault): CheckRule => ({
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
