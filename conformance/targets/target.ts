/**
 * What the suite can do at a target besides calling its API. A rule lists what it needs, and is not
 * verified where something is missing.
 */
export type Capability =
  | 'scoped-keys'
  | 'expired-key'
  | 'expiring-keys'
  | 'free-plan'
  | 'pro-plan'
  | 'second-organization'
  | 'fresh-organizations'
  | 'flows'
  | 'members'
  | 'more-members'
  | 'rate-limit'
  | 'spendable-rate-limit'
  | 'talent-pool'
  | 'plan-change'
  | 'faults'
  | 'webhooks'
  | 'own-endpoints';

/** What provides each capability, as shown in the reason of a rule that is not verified. */
export const unlocks: Readonly<Record<Capability, string>> = {
  'scoped-keys': 'keys with chosen scopes (--control, or keys.byScopes of --config)',
  'expired-key': 'a key that has expired (--control, or LEADGRID_EXPIRED_KEY)',
  'expiring-keys': 'keys that expire at a chosen time (--control, or provision.createKey)',
  'free-plan': 'a key of an organisation on the Free plan (--control, or LEADGRID_FREE_PLAN_KEY)',
  'pro-plan': 'a key of an organisation on the Pro plan (--control, or LEADGRID_PRO_PLAN_KEY)',
  'second-organization': 'a key of another organisation (--control, or LEADGRID_SECOND_KEY)',
  'fresh-organizations':
    'a new organisation for each rule (--control, or provision.createOrganization)',
  flows: 'flows that the suite creates (--control, or provision.createFlow)',
  members: 'ids of members to assign dossiers to (--control, or members of --config)',
  'more-members': 'members that the suite creates (--control, or provision.createMember)',
  'rate-limit': 'rate limits that the suite sets (--control, or provision.setRateLimit)',
  'spendable-rate-limit':
    'a rate limit that the suite may use up (--control, or rateLimit.mayBeExhausted of --config)',
  'talent-pool':
    'contacts that the suite puts in the talent pool (--control, or provision.setPoolWindow)',
  'plan-change': 'organisations whose plan the suite changes (--control, or provision.changePlan)',
  faults: 'a request or an upload that fails on demand (--control, or provision.failNext)',
  webhooks:
    'a webhook endpoint that reaches this suite (--control, and webhook.publicUrl of --config where ' +
    'the target is on another machine; or LEADGRID_WEBHOOK_SECRET and webhook.listen)',
  'own-endpoints':
    'webhook endpoints that the suite creates (--control, or provision.createEndpoint)',
};

/** Something that the user leaves out of the verdict, with a reason. */
export interface Omission {
  /** Ids of requirements; `LG-CON-*` stands for a whole area. */
  readonly requirements?: readonly string[];
  /** Operations that the suite doesn't call; requirements about nothing else are omitted too. */
  readonly operations?: readonly string[];
  /** Events that the target doesn't send; requirements about nothing else are omitted too. */
  readonly events?: readonly string[];
  readonly reason: string;
}

export interface FlowDraft {
  readonly name: string;
  readonly type: string;
  readonly is_default?: boolean;
  readonly stages: readonly {
    readonly name: string;
    readonly position?: number;
    readonly deadline_days?: number | null;
    readonly win_probability?: number | null;
    readonly color?: string | null;
  }[];
}

/** The properties of a key; by default it has every scope and doesn't expire. */
export interface KeyOptions {
  readonly scopes?: readonly string[];
  readonly expired?: true;
  /** Only with the capability `expiring-keys`: seconds from now, by the clock of the target. */
  readonly expiresIn?: number;
}

/** What can be made to fail once with a 500: the storage of the next CV, or the next request. */
export type ForcedFailure = 'upload' | 'request';

/** An organisation of the target, and what can be done to it. */
export interface TargetOrganization {
  /** Ids of users that dossiers can be assigned to; empty without the capability `members`. */
  readonly members: readonly string[];
  readonly key: (options: KeyOptions) => Promise<string>;
  /** Only with the capability `more-members`; returns the id. */
  readonly createMember: (name: string) => Promise<string>;
  /** Only with the capability `flows`. */
  readonly createFlow: (draft: FlowDraft) => Promise<{ readonly id: string }>;
  /** A known limit that a run may use up but not set; undefined with `rate-limit`. */
  readonly rateLimit?: { readonly requests: number; readonly windowSeconds: number };
  /** Only with the capability `rate-limit`; opens a new window. */
  readonly setRateLimit: (requests: number, windowSeconds: number) => Promise<void>;
  /**
   * Only with the capability `talent-pool`.
   *
   * @param contact - the id of a contact of this organisation
   * @param secondsFromNow - when its window ends, by the clock of the target; negative for one that
   *   has ended, null for a contact that never was in the pool
   */
  readonly setPoolWindow: (contact: string, secondsFromNow: number | null) => Promise<void>;
  /** Only with the capability `plan-change`; takes a plan of the contract. */
  readonly changePlan: (plan: string) => Promise<void>;
  /** Only with the capability `faults`. */
  readonly failNext: (fault: ForcedFailure) => Promise<void>;
  /**
   * Only with the capability `webhooks`: all events are sent there from now on. With the capability
   * `own-endpoints` each call creates another endpoint; otherwise it returns the secret of the
   * standing one, whatever its URL.
   */
  readonly createEndpoint: (url: string) => Promise<{ readonly secret: string }>;
  /** Ends its use; one created for the rule is deleted. Returns whether nothing of it is left. */
  readonly release: () => Promise<boolean>;
}

export interface OrganizationOptions {
  /** A plan of the contract; one with API access when left out. */
  readonly plan?: string;
  /** An organisation other than the first one of the rule. */
  readonly second?: true;
}

/** How events reach the suite. */
export interface WebhookAddress {
  /** Where the suite listens; port 0 takes one that is free. */
  readonly listen: { readonly host: string; readonly port: number };
  /** The address that the target sends to, if it differs. */
  readonly publicUrl?: string;
  /** The secret of the standing endpoint, which the user created; undefined if there is none. */
  readonly secret?: string;
  /** Milliseconds that an event may take to arrive; the default if undefined. */
  readonly patience?: number;
}

/** An implementation to test. */
export interface Target {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly offers: ReadonlySet<Capability>;
  readonly omissions: readonly Omission[];
  readonly organization: (options: OrganizationOptions) => Promise<TargetOrganization>;
  readonly webhook: WebhookAddress;
  /** Sent with every request to it, by lower-case name; they may be secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether its data is gone when it is closed. */
  readonly ephemeral: boolean;
  /** What a run will create there, as a sentence for the user. */
  readonly intention: string;
  /** Stops what was started for the run. */
  readonly close: () => Promise<void>;
}

/** Describes what a rule needs that a target doesn't offer; undefined when nothing is missing. */
export const describeMissing = (
  { needs }: { readonly needs: readonly Capability[] },
  offers: ReadonlySet<Capability>,
): string | undefined => {
  // In one order for all rules, so that reports can group equal reasons.
  const missing = (Object.keys(unlocks) as Capability[]).filter(
    (capability) => needs.includes(capability) && !offers.has(capability),
  );
  if (missing.length === 0) return undefined;
  return `It needs ${missing.map((capability) => unlocks[capability]).join(', and ')}.`;
};

const unavailableFor = (what: string, capability: string) => (): never => {
  throw new Error(`${what} need the capability ${capability}.`);
};

/** An organisation for which no capability is available. */
export const withoutProvisioning: TargetOrganization = {
  members: [],
  key: unavailableFor('Keys', 'scoped-keys'),
  createMember: unavailableFor('Created members', 'more-members'),
  createFlow: unavailableFor('Created flows', 'flows'),
  setRateLimit: unavailableFor('Rate limits', 'rate-limit'),
  setPoolWindow: unavailableFor('Talent pool windows', 'talent-pool'),
  changePlan: unavailableFor('Plan changes', 'plan-change'),
  failNext: unavailableFor('Forced failures', 'faults'),
  createEndpoint: unavailableFor('Webhook endpoints', 'webhooks'),
  release: () => Promise.resolve(false),
};

/**
 * Thrown when a rule can't continue because the target lacks a capability, or the user excluded
 * something. Neither the target nor the suite is at fault.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  /** `omitted` when the user excluded it, `not-verified` when a capability is missing. */
  readonly outcome: 'omitted' | 'not-verified';

  /** @param reason - what is missing and what would provide it, as a sentence */
  constructor(reason: string, outcome: 'omitted' | 'not-verified' = 'not-verified') {
    super(reason);
    this.outcome = outcome;
  }
}
