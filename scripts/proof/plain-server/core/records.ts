import type { RateLimit } from './variations.ts';

export interface Stage {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly deadline_days?: number | null;
  readonly win_probability?: number | null;
  readonly color?: string | null;
}

export interface Flow {
  readonly id: string;
  readonly name: string;
  readonly type: DossierType;
  is_default: boolean;
  readonly stages: readonly [Stage, ...Stage[]];
}

export interface Member {
  readonly id: string;
  readonly name: string;
}

/** The writable fields of a contact. */
export interface ContactFields {
  full_name: string;
  email: string | null;
  phone: string | null;
  linkedin_url: string | null;
  company: string | null;
  role: string | null;
  city: string | null;
  kind: readonly Kind[];
  notes: string | null;
}

export interface Contact extends ContactFields {
  readonly id: string;
  readonly createdAt: number;
  touched: number;
  /** When its time in the talent pool ends, in milliseconds since 1970. */
  until?: number | undefined;
  /** The earlier fields, which a lagging search still finds. */
  former?: ContactFields | undefined;
  changedAt: number;
}

export interface Link {
  readonly contact: Contact;
  role: Role;
  is_primary: boolean;
}

export interface Note {
  readonly id: string;
  readonly content: string;
  readonly is_internal: boolean;
  readonly createdAt: number;
}

/** The writable fields of a dossier, and its stage. */
export interface DossierFields {
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  role: string | null;
  contact_person: string | null;
  deal_size: number | null;
  deal_currency: string | null;
  status: Status;
  assigned_to: string | null;
  intake_notes: string | null;
  stage: Stage;
}

export interface Dossier extends DossierFields {
  readonly id: string;
  readonly type: DossierType;
  readonly flow: Flow;
  readonly createdAt: number;
  readonly links: Link[];
  readonly notes: Note[];
  cv_url: string | null;
  touched: number;
}

export interface Endpoint {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  /** How many events were queued for it. */
  events: number;
  /** How many attempts have failed in a row. */
  failures: number;
  /** Resolves when all earlier events are delivered or given up. */
  queue: Promise<void>;
}

/** A delivery attempt, as listed by the control API. */
export interface Attempt {
  readonly endpoint_id: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly attempt: number;
  readonly status: number | null;
  readonly delivered: boolean;
  readonly attempted_at: string;
}

export interface Organization {
  readonly id: string;
  readonly name: string;
  plan: Plan;
  limit: RateLimit;
  readonly members: Member[];
  readonly flows: Flow[];
  readonly dossiers: Dossier[];
  readonly contacts: Contact[];
  readonly endpoints: Endpoint[];
  readonly attempts: Attempt[];
  /** What has to fail next, as requested through the control API. */
  readonly failing: Set<string>;
  /** The latest creations, by the fingerprint of their request (LG-DOS-032). */
  readonly creations: Map<string, { readonly at: number; readonly dossier: Dossier }>;
  /**
   * Responses that were replaced by an internal error, by the fingerprint of their request
   * (LG-ERR-022).
   */
  readonly lost: Map<string, Reply>;
  /** The data before each of the latest writes, oldest first (LG-GEN-053). */
  readonly past: Past[];
}

/** The data that lists and counts are read from. */
export type Listed = Pick<Organization, 'dossiers' | 'contacts'>;

/** The data that lists and counts were read from before a write. */
export interface Past extends Listed {
  /** The time of the write, in milliseconds since 1970. */
  readonly at: number;
}

export interface Key {
  readonly key: string;
  readonly organization: Organization;
  readonly scopes: ReadonlySet<Scope>;
  readonly expires: number | null;
}

/** Facts of the API, repeated here as in any independent implementation. */
export const scopes = [
  'dossiers:read',
  'dossiers:write',
  'contacts:read',
  'contacts:write',
  'flows:read',
  'notes:read',
  'notes:write',
] as const;
export type Scope = (typeof scopes)[number];

export const kinds = ['candidate', 'prospect', 'client', 'supplier', 'partner'] as const;
export type Kind = (typeof kinds)[number];

export const roles = [
  'primary',
  'hiring_manager',
  'decision_maker',
  'champion',
  'gatekeeper',
  'introducer',
  'other',
] as const;
export type Role = (typeof roles)[number];

export const types = ['candidate', 'sales'] as const;
export type DossierType = (typeof types)[number];

export const statuses = ['active', 'won', 'lost', 'archived'] as const;
type Status = (typeof statuses)[number];

export const pools = ['in_pool', 'expired'] as const;

export type Plan = 'free' | 'pro' | 'growth';

export const usualPageSize = 25;
export const maximumPageSize = 100;

/** The maximum size of a CV in bytes, with 10 MB read as MiB or as MB. */
export const cvLimit = { mebi: 10_485_760, mega: 10_000_000 } as const;

export const salesOnly = ['contact_person', 'deal_size', 'deal_currency'] as const;

export const keyPrefix = 'lg_live_';

/** What an operation returns. */
export interface Reply {
  readonly status: 200 | 201;
  readonly body: { readonly data: unknown; readonly meta?: unknown };
}
