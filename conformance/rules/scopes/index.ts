import type { Rule } from '../../rule.ts';
import forms from './forms.ts';
import missingScope from './missing-scope.ts';
import moves from './moves.ts';
import otherScopes from './other-scopes.ts';
import sufficientForContacts from './sufficient-for-contacts.ts';
import sufficientForDossiers from './sufficient-for-dossiers.ts';
import sufficientScopes from './sufficient-scopes.ts';

/** The rules of the area scopes. */
export const scopes: readonly Rule[] = [
  forms,
  missingScope,
  moves,
  otherScopes,
  sufficientForContacts,
  sufficientForDossiers,
  sufficientScopes,
];
