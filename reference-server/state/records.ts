import type { Schemas } from '../../openapi/contract.ts';

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

/** How many requests in how many seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}
