import type { EventType, Schemas } from '../../openapi/contract.ts';
import type { components } from '../../openapi/generated/control.ts';

// Rows have the fields of the contract's schemas, every one of them, so that a new field of the
// contract doesn't compile until it is filled. They are never changed in place.
type Whole<T> = Readonly<Required<T>>;

export type Dossier = Whole<Schemas['DossierPatched']>;
export type Stage = Whole<Schemas['Stage']>;
export type Flow = Whole<Omit<Schemas['Flow'], 'stages'>> & { readonly stages: readonly Stage[] };
/** A contact without what is counted from its links. */
export type Contact = Whole<Omit<Schemas['ContactPatched'], 'dossier_count'>>;
/** A link; its id is made of the two that it connects. */
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

/** An API key; the key itself is nowhere. */
export interface Key {
  readonly id: string;
  readonly organization_id: string;
  /** SHA-256 of the key, in hexadecimal. */
  readonly hash: string;
  readonly scopes: readonly string[];
  /** From which moment on it is refused, in milliseconds since 1970; null for never. */
  readonly expires_at: number | null;
}

/** Until when the contact with this id is in the talent pool; who never was in it has none. */
export interface PoolWindow {
  readonly id: string;
  /** In milliseconds since 1970. */
  readonly until: number;
}

/** Where an organisation's events are sent, and how that goes. Files of older servers lack the rest. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  /** What signatures are made with (LG-SIG-004). */
  readonly secret: string;
  /** How many attempts have failed since one succeeded; absent for none. */
  readonly failures?: number;
  readonly paused?: EndpointPause;
  readonly dropped?: DroppedEvents;
}

/** An endpoint is left alone, but for an attempt from time to time. */
export interface EndpointPause {
  readonly since: string;
  /** When the next attempt is due, in milliseconds since 1970. */
  readonly until: number;
  /** How many attempts have failed meanwhile. */
  readonly attempts: number;
}

/** Events that were not sent, as too many were waiting. */
export interface DroppedEvents {
  /** Of all times. */
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
   * The length of the body, and that of all bodies up to this one since the queue was last empty, in
   * bytes: the length of a queue follows from its ends. Files of older servers lack it.
   */
  readonly size?: { readonly own: number; readonly total: number };
}

/** An attempt that was made, as the delivery log has it. */
export type DeliveryAttempt = Readonly<components['schemas']['Delivery']> & {
  readonly id: string;
};

/** How far the clock was moved ahead of the real time, in milliseconds; without a row it wasn't. */
export interface ClockSetting {
  readonly id: string;
  readonly ahead: number;
}

/** How many requests in how many seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}
