import type { Dossier, Note } from '../records.ts';

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
