import type { Liar } from '../../../conformance/rule.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import type { Services } from '../../../reference-server/services.ts';
import type { State } from '../../../reference-server/state/state.ts';
import type { Freedoms } from '../plain-server/freedoms.ts';

/** What stands around the reference server, and changes nothing that the documentation states. */
export interface Dress {
  /** Between its callers and the server. */
  readonly wire?: Liar;
  /** What the server gets from outside: time, chance and the way to the receivers of its events. */
  readonly services?: (own: Services, state: State) => Services;
}

/** The server that varies: one that takes freedoms by itself, or ours in another dress. */
export type Make =
  | { readonly server: 'plain'; readonly freedoms: Freedoms }
  | { readonly server: 'reference'; readonly dresses: readonly (() => Dress)[] };

/** A server that keeps to the documentation, and does otherwise where that is silent. */
export interface Variant {
  /** `LG-DOS-032/1` for an alternative, or the name of a freedom or a combination. */
  readonly id: string;
  readonly kind: 'alternative' | 'freedom' | 'combination';
  /** What is different, in a sentence. */
  readonly varies: string;
  /** Why the documentation allows it. */
  readonly legal: string;
  /** The decisions that it takes otherwise, which rules verify as SHOULDs. */
  readonly decisions: readonly RequirementId[];
  /** The ids of the variants that it combines; empty for one that stands alone. */
  readonly combines: readonly string[];
  readonly make: Make;
}
