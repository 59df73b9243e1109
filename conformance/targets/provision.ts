import type { Fault, FlowDraft } from './target.ts';

type Awaitable<Value> = Value | Promise<Value>;

/**
 * Functions that do to a target what no operation of the API does, each of them optional: what is
 * there decides what can be verified. One that can't do what it is asked for throws
 * `Unavailable`: what asked is not verified then, instead of broken down.
 *
 * @typeParam Organization - whatever `createOrganization` returns; the other functions are given
 *   it. Without `createOrganization` they are given undefined, for the organisation of the keys.
 */
export interface Provision<Organization> {
  /** @param wish - the plan in the words of the contract, such as `growth` */
  readonly createOrganization?: (wish: { readonly plan: string }) => Awaitable<Organization>;
  /** Without it, a run leaves what it made. */
  readonly deleteOrganization?: (organization: Organization) => Awaitable<void>;
  /** Makes a key; `expiresAt` may be over already, and is null for never. Gives the key itself. */
  readonly createKey?: (
    organization: Organization,
    wish: { readonly scopes: readonly string[]; readonly expiresAt: Date | null },
  ) => Awaitable<string>;
  /** Ids of the users of an organisation, to assign dossiers to. */
  readonly members?: (organization: Organization) => Awaitable<readonly string[]>;
  /** Gives the id of the user made. */
  readonly createMember?: (organization: Organization, name: string) => Awaitable<string>;
  readonly createFlow?: (
    organization: Organization,
    draft: FlowDraft,
  ) => Awaitable<{ readonly id: string }>;
  /** Opens a new window as well; X-RateLimit-Limit shows this limit from then on (LG-LIM-022). */
  readonly setRateLimit?: (
    organization: Organization,
    limit: { readonly requests: number; readonly windowSeconds: number },
  ) => Awaitable<void>;
  /** Puts a contact in the talent pool until then; null makes it one that never was there. */
  readonly setPoolWindow?: (
    organization: Organization,
    contact: string,
    until: Date | null,
  ) => Awaitable<void>;
  /** Puts the organisation on another plan of the contract, from now on. */
  readonly changePlan?: (organization: Organization, plan: string) => Awaitable<void>;
  /** Makes the next request of the organisation, or the storing of its next CV, fail inside. */
  readonly failNext?: (organization: Organization, fault: Fault) => Awaitable<void>;
  /** Makes an endpoint for all events; gives its secret. */
  readonly createEndpoint?: (
    organization: Organization,
    url: string,
  ) => Awaitable<{ readonly secret: string }>;
}

/** Provision as it is used here: whatever the organisation is, it is only handed on. */
export type AnyProvision = Provision<unknown>;
