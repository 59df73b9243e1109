import type { Rule } from '../../rule.ts';
import missingScope from './missing-scope.ts';
import sufficientScopes from './sufficient-scopes.ts';

/** The rules of the area scopes. */
export const scopes: readonly Rule[] = [missingScope, sufficientScopes];
