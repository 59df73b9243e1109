import type { EventType, Schemas } from '../../openapi/contract.ts';
import type { components } from '../../openapi/generated/control.ts';

// Rows have all fields of the contract's schemas: a new field of the contract doesn't compile until
// it is filled. Rows are immutable.
type Whole<T> = Readonly<Required<T>>;

export type Dossier = Whole<Schemas['DossierPatched']>;
export type Stage = Whole<Schemas['Stage']>;
export type Flow = Whole<Omit<Schemas['Flow'], 'stages'>> & { readonly stages: readonly Stage[] };
/** A contact without dossier_count, which is counted from its links. */
export type Contact = Whole<Omit<Schemas['ContactPatched'], 'dossier_count'>>;
/** A link; its id is built from the ids of its dossier and contact. */
export type Link = Whole<Schemas['DossierContactLink']> & { readonly id: string };

export type Note = Whole<Schemas['Note']>;

export interface Member {
  readonly id: string;
  readonly name: string;
}

/** The CV of the dossier with this id. */
export interface Cv {
  readonly id: string;
  readonly bytes: Buffer;
}

/** An API key; the key itself isn't stored. */
export interface Key {
  readonly id: string;
  readonly organization_id: string;
  /** SHA-256 of the key, in hexadecimal. */
  readonly hash: string;
  readonly scopes: readonly string[];
  /** When it expires, in milliseconds since 1970; null for never. */
  readonly expires_at: number | null;
}

/**
 * Until when the contact with this id is in the talent pool; contacts never in the pool have none.
 */
export interface PoolWindow {
  readonly id: string;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/**
 * An endpoint that receives an organisation's events, and its state. Older files lack the optional
 * fields.
 */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** The key of the signatures (LG-SIG-004). */
  readonly secret: string;
  /** How many attempts have failed since the last success; absent for none. */
  readonly failures?: number;
  readonly paused?: EndpointPause;
  readonly dropped?: DroppedEvents;
}

/** A paused endpoint gets only an occasional attempt. */
export interface EndpointPause {
  readonly since: string;
  /** When the next attempt is due, in milliseconds since 1970. */
  readonly until: number;
  /** How many attempts have failed since then. */
  readonly attempts: number;
}

/** Events that were dropped because too many were waiting. */
export interface DroppedEvents {
  /** In total. */
  readonly count: number;
  /** Since the queue was last empty; only the first of them is in the log. */
  readonly inARow: number;
}

/** An event on its way to one endpoint. */
export interface PendingDelivery {
  readonly id: string;
  readonly endpoint_id: string;
  readonly event_id: string;
  readonly event_type: EventType;
  /** The body as it is sent on each attempt, byte for byte. */
  readonly body: string;
  /** How many attempts have failed. */
  readonly attempts: number;
  /**
   * The size of the body, and the total of all bodies up to this one since the queue was last
   * empty, in bytes: the size of a queue follows from its ends. Older files lack it.
   */
  readonly size?: { readonly own: number; readonly total: number };
}

/** An attempt in the delivery log. */
export type DeliveryAttempt = Readonly<components['schemas']['Delivery']> & {
  readonly id: string;
};

/** How far the clock was moved ahead of the real time, in milliseconds; no row if it wasn't. */
export interface ClockSetting {
  readonly id: string;
  readonly ahead: number;
}

/** The number of requests in a window of this length. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}
