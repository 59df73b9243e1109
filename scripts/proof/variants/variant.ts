import type { Fault } from '../../../conformance/faults/inject.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import type { Services } from '../../../reference-server/runtime/services.ts';
import type { State } from '../../../reference-server/state/state.ts';
import type { Variations } from '../plain-server/core/variations.ts';

/** A lawful change of behaviour that is added around the reference server. */
export interface Wrapping {
  /** Changes requests and responses. */
  readonly wire?: Fault;
  /** Changes the server's clock, randomness, or how webhooks are sent. */
  readonly services?: (own: Services, state: State) => Services;
}

/** The server of a variant: the plain server with variations, or the wrapped reference server. */
export type VariantServer =
  | { readonly server: 'plain'; readonly variations: Variations }
  | { readonly server: 'reference'; readonly wrappings: readonly (() => Wrapping)[] };

/** A server that conforms to the documentation, and differs where that is silent. */
export interface Variant {
  /** `LG-DOS-032/1` for an alternative; otherwise the name of the variation or combination. */
  readonly id: string;
  readonly kind: 'alternative' | 'variation' | 'combination';
  /** What is different, in a sentence. */
  readonly varies: string;
  /** Why the documentation allows it. */
  readonly legal: string;
  /** The decisions that it deviates from; rules verify these as SHOULDs. */
  readonly decisions: readonly RequirementId[];
  /** The ids of the combined variants; empty for a single one. */
  readonly combines: readonly string[];
  readonly make: VariantServer;
}

type VariantLabel = readonly [id: string, varies: string, legal: string];

/**
 * A variation of the plain server that isn't exactly one alternative of the register.
 *
 * @param decisions - the decisions that it deviates from
 */
export const plainVariant = (
  [id, varies, legal]: VariantLabel,
  variations: Variations,
  decisions: readonly RequirementId[] = [],
): Variant => ({
  ...{ id: `freedom/${id}`, kind: 'variation', varies, legal, decisions, combines: [] },
  make: { server: 'plain', variations },
});

/** A variation that is added around the reference server. */
export const wrappedVariant = (
  [id, varies, legal]: VariantLabel,
  wrapping: () => Wrapping,
  decisions: readonly RequirementId[] = [],
): Variant => ({
  ...{ id: `dressed/${id}`, kind: 'variation', varies, legal, decisions, combines: [] },
  make: { server: 'reference', wrappings: [wrapping] },
});
