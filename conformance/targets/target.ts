/**
 * What a target lets the suite do beyond calling it. A rule names what it needs; what is missing
 * makes it not verified.
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

/** What unlocks each capability, for those who read "not verified". */
export const unlocks: Readonly<Record<Capability, string>> = {
  'scoped-keys': 'keys with chosen scopes (--control, or keys.byScopes of --config)',
  'expired-key': 'a key that has expired (--control, or LEADGRID_EXPIRED_KEY)',
  'expiring-keys': 'keys that expire when told to (--control, or provision.createKey)',
  'free-plan': 'a key of an organisation on the Free plan (--control, or LEADGRID_FREE_PLAN_KEY)',
  'pro-plan': 'a key of an organisation on the Pro plan (--control, or LEADGRID_PRO_PLAN_KEY)',
  'second-organization': 'a key of another organisation (--control, or LEADGRID_SECOND_KEY)',
  'fresh-organizations': 'organisations of its own (--control, or provision.createOrganization)',
  flows: 'flows of its own making (--control, or provision.createFlow)',
  members: 'members of known ids to assign dossiers to (--control, or members of --config)',
  'more-members': 'members of its own making (--control, or provision.createMember)',
  'rate-limit': 'rate limits of its own setting (--control, or provision.setRateLimit)',
  'spendable-rate-limit':
    'a rate limit that it may use up (--control, or rateLimit.mayBeExhausted of --config)',
  'talent-pool':
    'contacts that it puts in the talent pool itself (--control, or provision.setPoolWindow)',
  'plan-change': 'organisations whose plan it changes itself (--control, or provision.changePlan)',
  faults: 'a request or an upload that fails when told to (--control, or provision.failNext)',
  webhooks:
    'a webhook endpoint that reaches this suite (--control, and webhook.publicUrl of --config where ' +
    'the target is on another machine; or LEADGRID_WEBHOOK_SECRET and webhook.listen)',
  'own-endpoints': 'webhook endpoints of its own making (--control, or provision.createEndpoint)',
};

/** Something knowingly left out of the verdict, by the user's own declaration. */
export interface Omission {
  /** Ids of requirements; `LG-CON-*` stands for a whole area. */
  readonly requirements?: readonly string[];
  /** Operations that the suite keeps away from; what concerns nothing else goes with them. */
  readonly operations?: readonly string[];
  /** Events that the target doesn't send; what concerns nothing else goes with them. */
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

/** A key to ask for. Without scopes it has them all; without a change of expiry it doesn't expire. */
export interface KeyOptions {
  readonly scopes?: readonly string[];
  readonly expired?: true;
  /** Only with the capability `expiring-keys`: seconds from now, by the clock of the target. */
  readonly expiresIn?: number;
}

/** What can be told to fail inside, once: the storage of the next CV, or the next request. */
export type ForcedFailure = 'upload' | 'request';

/** An organisation of the target, as a rule may use it. */
export interface TargetOrganization {
  /** Ids of users that dossiers can be assigned to; empty without the capability `members`. */
  readonly members: readonly string[];
  readonly key: (options: KeyOptions) => Promise<string>;
  /** Only with the capability `more-members`; gives the id. */
  readonly createMember: (name: string) => Promise<string>;
  /** Only with the capability `flows`. */
  readonly createFlow: (draft: FlowDraft) => Promise<{ readonly id: string }>;
  /** A limit that is known, may be used up, and can't be set; there is none with `rate-limit`. */
  readonly rateLimit?: { readonly requests: number; readonly windowSeconds: number };
  /** Only with the capability `rate-limit`; opens a new window. */
  readonly setRateLimit: (requests: number, windowSeconds: number) => Promise<void>;
  /**
   * Only with the capability `talent-pool`.
   *
   * @param contact - the id of a contact of this organisation
   * @param secondsFromNow - when its window ends, by the clock of the target: it is over when
   *   negative; null makes the contact one that never was in the pool
   */
  readonly setPoolWindow: (contact: string, secondsFromNow: number | null) => Promise<void>;
  /** Only with the capability `plan-change`: to a plan of the contract, from now on. */
  readonly changePlan: (plan: string) => Promise<void>;
  /** Only with the capability `faults`: that of this organisation is answered 500. */
  readonly failNext: (fault: ForcedFailure) => Promise<void>;
  /**
   * Only with the capability `webhooks`: from now on all events are sent there. With the capability
   * `own-endpoints` each is one more; else it is the one that a person has set up, wherever that is.
   */
  readonly createEndpoint: (url: string) => Promise<{ readonly secret: string }>;
  /** Gives it back; one made for the rule is deleted. Tells whether nothing of it is left. */
  readonly release: () => Promise<boolean>;
}

export interface OrganizationOptions {
  /** A plan of the contract; one with API access when left out. */
  readonly plan?: string;
  /** Another organisation than the one that a rule gets first. */
  readonly second?: true;
}

/** How events reach the suite. */
export interface WebhookAddress {
  /** Where the suite listens; port 0 takes one that is free. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Where the target reaches that, if it is another address for it. */
  readonly publicUrl?: string;
  /** The secret of the one endpoint that a person has made for it; none where the suite makes them. */
  readonly secret?: string;
  /** How long an event may take to arrive, in milliseconds, if not as long as usual. */
  readonly patience?: number;
}

/** An implementation to judge. */
export interface Target {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly offers: ReadonlySet<Capability>;
  readonly omissions: readonly Omission[];
  readonly organization: (options: OrganizationOptions) => Promise<TargetOrganization>;
  readonly webhook: WebhookAddress;
  /** Whether it forgets everything when it is closed. */
  readonly ephemeral: boolean;
  /** What a run will do there, said before it does. */
  readonly intention: string;
  /** Stops what was started for the run. */
  readonly close: () => Promise<void>;
}

/** Says what a rule would need besides what a target offers; undefined when nothing is missing. */
export const describeMissing = (
  { needs }: { readonly needs: readonly Capability[] },
  offers: ReadonlySet<Capability>,
): string | undefined => {
  // In one order for all rules, so that what lacks the same is told in the same words.
  const missing = (Object.keys(unlocks) as Capability[]).filter(
    (capability) => needs.includes(capability) && !offers.has(capability),
  );
  if (missing.length === 0) return undefined;
  return `It needs ${missing.map((capability) => unlocks[capability]).join(', and ')}.`;
};

const unavailableFor = (what: string, capability: string) => (): never => {
  throw new Error(`${what} need the capability ${capability}.`);
};

/** An organisation that can do nothing that takes more than the API itself. */
export const withoutProvisioning: TargetOrganization = {
  members: [],
  key: unavailableFor('Keys', 'scoped-keys'),
  createMember: unavailableFor('Members of its own making', 'more-members'),
  createFlow: unavailableFor('Flows of its own making', 'flows'),
  setRateLimit: unavailableFor('Rate limits of its own setting', 'rate-limit'),
  setPoolWindow: unavailableFor('Contacts put in the talent pool', 'talent-pool'),
  changePlan: unavailableFor('Plans that change', 'plan-change'),
  failNext: unavailableFor('Failures when told to', 'faults'),
  createEndpoint: unavailableFor('Webhook endpoints', 'webhooks'),
  release: () => Promise.resolve(false),
};

/**
 * Thrown where a rule can't go on for want of something that the target doesn't offer, or that the
 * user forbade: that is no verdict on the target, and no fault of the suite either.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  /** `omitted` when the user wished it so, `not-verified` when something is missing. */
  readonly outcome: 'omitted' | 'not-verified';

  /** @param reason - what is missing and what would unlock it, as a sentence */
  constructor(reason: string, outcome: 'omitted' | 'not-verified' = 'not-verified') {
    super(reason);
    this.outcome = outcome;
  }
}
