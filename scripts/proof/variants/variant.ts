import type { Fault } from '../../../conformance/faults/inject.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import type { Services } from '../../../reference-server/runtime/services.ts';
import type { State } from '../../../reference-server/state/state.ts';
import type { Variations } from '../plain-server/core/variations.ts';

/** What stands around the reference server, and changes nothing that the documentation states. */
export interface Wrapping {
  /** Between its callers and the server. */
  readonly wire?: Fault;
  /** What the server gets from outside: time, chance and the way to the receivers of its events. */
  readonly services?: (own: Services, state: State) => Services;
}

/** The server that varies: one that takes freedoms by itself, or ours in another dress. */
export type VariantServer =
  | { readonly server: 'plain'; readonly variations: Variations }
  | { readonly server: 'reference'; readonly wrappings: readonly (() => Wrapping)[] };

/** A server that keeps to the documentation, and does otherwise where that is silent. */
export interface Variant {
  /** `LG-DOS-032/1` for an alternative, or the name of a freedom or a combination. */
  readonly id: string;
  readonly kind: 'alternative' | 'variation' | 'combination';
  /** What is different, in a sentence. */
  readonly varies: string;
  /** Why the documentation allows it. */
  readonly legal: string;
  /** The decisions that it takes otherwise, which rules verify as SHOULDs. */
  readonly decisions: readonly RequirementId[];
  /** The ids of the variants that it combines; empty for one that stands alone. */
  readonly combines: readonly string[];
  readonly make: VariantServer;
}

type VariantLabel = readonly [id: string, varies: string, legal: string];

/**
 * A freedom that no alternative of the register spells out, or that goes further than one.
 *
 * @param decisions - those that rules see taken otherwise
 */
export const plainVariant = (
  [id, varies, legal]: VariantLabel,
  variations: Variations,
  decisions: readonly RequirementId[] = [],
): Variant => ({
  ...{ id: `freedom/${id}`, kind: 'variation', varies, legal, decisions, combines: [] },
  make: { server: 'plain', variations },
});

/** One that the reference server takes when it is dressed otherwise. */
export const wrappedVariant = (
  [id, varies, legal]: VariantLabel,
  wrapping: () => Wrapping,
  decisions: readonly RequirementId[] = [],
): Variant => ({
  ...{ id: `dressed/${id}`, kind: 'variation', varies, legal, decisions, combines: [] },
  make: { server: 'reference', wrappings: [wrapping] },
});
