import type { Installation } from './installation.ts';
import type { Dossier, Key, Listed, Note, Organization, Reply } from './records.ts';

/** A JSON object, as received. */
export type Body = Readonly<Record<string, unknown>>;

/** A request that has passed all checks, as the operation receives it. */
export interface Call {
  readonly installation: Installation;
  readonly organization: Organization;
  /** The organisation as lists and counts show it, which may be an earlier state (LG-GEN-053). */
  readonly listed: Listed;
  readonly key: Key;
  /** Path parameters by name. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly form: Form | undefined;
  /** The body as received. */
  readonly raw: Buffer;
  /** The Content-Type; empty without one. */
  readonly contentType: string;
  /** The changes made by the operation; events are derived from them. */
  readonly changes: Change[];
}

export type Operation = (call: Call) => Reply;

export const found = (data: unknown): Reply => ({ status: 200, body: { data } });

export const made = (data: unknown): Reply => ({ status: 201, body: { data } });

/** A parsed form. */
export interface Form {
  readonly fields: readonly (readonly [name: string, text: string])[];
  readonly files: readonly FormFile[];
}

/** A file of a form, with its declared media type. */
export interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A change that may cause events. */
export type Change =
  | { readonly what: 'created'; readonly dossier: Dossier; readonly withCv: boolean }
  | {
      readonly what: 'changed';
      readonly dossier: Dossier;
      /** The fields in the request. */
      readonly named: readonly string[];
      /** The fields whose value has changed. */
      readonly changed: readonly string[];
    }
  | { readonly what: 'deleted'; readonly dossier: Dossier; readonly again: boolean }
  | { readonly what: 'uploaded'; readonly dossier: Dossier }
  | { readonly what: 'linked'; readonly dossier: Dossier }
  | { readonly what: 'primary-changed'; readonly dossier: Dossier }
  | { readonly what: 'contact-deleted'; readonly dossier: Dossier }
  | { readonly what: 'noted'; readonly dossier: Dossier; readonly note: Note };
