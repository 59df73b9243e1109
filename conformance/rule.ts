import type { Contract } from '../openapi/contract.ts';
import type { Level, RequirementId } from '../openapi/register.ts';
import type { Capability } from './targets/target.ts';
import type { Acceptances } from './world/acceptance.ts';
import type { Exchange } from './world/exchange.ts';
import type { Fetch } from './world/fetch.ts';
import type { OperationNames } from './world/operations.ts';
import type { World } from './world/world.ts';

/**
 * Stands between suite and server and breaks one promise on the wire. The rule that it belongs to
 * must turn red under it: that is how each check is shown to be able to fail.
 *
 * @param name - tells which operation a method and URL name
 */
export type Liar = (fetch: Fetch, name: OperationNames) => Fetch;

interface Stated {
  /** `area/name`; the file is named alike. */
  readonly id: string;
  /** A MUST verifies what the documentation states, a SHOULD what this kit decided. */
  readonly level: Level;
  readonly verifies: readonly [RequirementId, ...RequirementId[]];
  /** What is true of a conformant target. */
  readonly sentence: string;
  readonly liar: Liar;
}

/** A rule that acts on the target and judges what comes back. */
export interface CheckRule extends Stated {
  readonly kind: 'check';
  readonly needs: readonly Capability[];
  /** Throws a Nonconformity when the target breaks the rule; any other throw is a fault of ours. */
  readonly check: (world: World) => Promise<void>;
}

/** What an ambient rule may know besides the exchange. */
export interface Surveillance {
  readonly contract: Contract;
  readonly acceptances: Acceptances;
  /** Whether the value satisfies the schema there; the reason when it doesn't. */
  readonly flawOf: (pointer: `#/${string}`, value: unknown) => string | undefined;
}

/** A rule that looks at every exchange of every other rule. */
export interface AmbientRule extends Stated {
  readonly kind: 'ambient';
  /** Throws a Nonconformity; returns whether the rule applied to the exchange at all. */
  readonly inspect: (exchange: Exchange, surveillance: Surveillance) => boolean;
}

export type Rule = CheckRule | AmbientRule;

export const defineRule = (rule: Omit<CheckRule, 'kind'>): CheckRule => ({
  kind: 'check',
  ...rule,
});

export const defineAmbientRule = (rule: Omit<AmbientRule, 'kind'>): AmbientRule => ({
  kind: 'ambient',
  ...rule,
});
