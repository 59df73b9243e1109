import type { Installation } from './installation.ts';
import type { Dossier, Key, Listed, Note, Organization, Reply } from './records.ts';

/** A JSON object, as it came. */
export type Body = Readonly<Record<string, unknown>>;

/** One request that has passed all checks, as an operation sees it. */
export interface Call {
  readonly installation: Installation;
  readonly organization: Organization;
  /** The organisation as lists and counts show it, which may trail behind (LG-GEN-053). */
  readonly listed: Listed;
  readonly key: Key;
  /** Parts of the path by their names. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly form: Form | undefined;
  /** The body as it came. */
  readonly raw: Buffer;
  /** What the body is said to be; empty where nothing is said. */
  readonly contentType: string;
  /** What has happened, for those who listen. */
  readonly occurrences: Occurrence[];
}

export type Operation = (call: Call) => Reply;

export const found = (data: unknown): Reply => ({ status: 200, body: { data } });

export const made = (data: unknown): Reply => ({ status: 201, body: { data } });

/** What a form brings. */
export interface Form {
  readonly fields: readonly (readonly [name: string, text: string])[];
  readonly files: readonly FormFile[];
}

/** A file of a form, with the type that it claims to have. */
export interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** What can happen that others are told of. */
export type Occurrence =
  | { readonly what: 'created'; readonly dossier: Dossier; readonly withCv: boolean }
  | {
      readonly what: 'changed';
      readonly dossier: Dossier;
      /** The fields that a change named. */
      readonly named: readonly string[];
      /** Those of them that have another value now. */
      readonly changed: readonly string[];
    }
  | { readonly what: 'deleted'; readonly dossier: Dossier; readonly again: boolean }
  | { readonly what: 'uploaded'; readonly dossier: Dossier }
  | { readonly what: 'linked'; readonly dossier: Dossier }
  | { readonly what: 'primary-changed'; readonly dossier: Dossier }
  | { readonly what: 'contact-deleted'; readonly dossier: Dossier }
  | { readonly what: 'noted'; readonly dossier: Dossier; readonly note: Note };
