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
  | 'rate-limit';

/** What unlocks each capability, for those who read "not verified". */
export const unlocks: Readonly<Record<Capability, string>> = {
  'scoped-keys': 'keys with chosen scopes (--control)',
  'expired-key': 'a key that has expired (--control, or LEADGRID_EXPIRED_KEY)',
  'expiring-keys': 'keys that expire when told to (--control)',
  'free-plan': 'a key of an organisation on the Free plan (--control, or LEADGRID_FREE_PLAN_KEY)',
  'pro-plan': 'a key of an organisation on the Pro plan (--control, or LEADGRID_PRO_PLAN_KEY)',
  'second-organization': 'a key of another organisation (--control, or LEADGRID_SECOND_KEY)',
  'fresh-organizations': 'organisations of its own (--control)',
  flows: 'flows of its own making (--control)',
  members: 'members of known ids to assign dossiers to (--control)',
  'rate-limit': 'rate limits of its own setting (--control)',
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
export interface KeyWish {
  readonly scopes?: readonly string[];
  readonly expired?: true;
  /** Only with the capability `expiring-keys`: seconds from now, by the clock of the target. */
  readonly expiresIn?: number;
}

/** An organisation of the target, as a rule may use it. */
export interface TargetOrganization {
  /** Ids of users that dossiers can be assigned to; empty without the capability `members`. */
  readonly members: readonly string[];
  readonly key: (wish: KeyWish) => Promise<string>;
  /** Only with the capability `flows`. */
  readonly createFlow: (draft: FlowDraft) => Promise<{ readonly id: string }>;
  /** Only with the capability `rate-limit`; opens a new window. */
  readonly setRateLimit: (requests: number, windowSeconds: number) => Promise<void>;
  /** Gives it back; one made for the rule is deleted. Tells whether nothing of it is left. */
  readonly release: () => Promise<boolean>;
}

export interface OrganizationWish {
  /** A plan of the contract; one with API access when left out. */
  readonly plan?: string;
  /** Another organisation than the one that a rule gets first. */
  readonly second?: true;
}

/** An implementation to judge. */
export interface Target {
  /** The base URL, without a slash at its end. */
  readonly url: string;
  readonly offers: ReadonlySet<Capability>;
  readonly omissions: readonly Omission[];
  readonly organization: (wish: OrganizationWish) => Promise<TargetOrganization>;
  /** Whether it forgets everything when it is closed. */
  readonly ephemeral: boolean;
  /** What a run will do there, said before it does. */
  readonly intention: string;
  /** Stops what was started for the run. */
  readonly close: () => Promise<void>;
}
