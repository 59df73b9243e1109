import { hash } from 'node:crypto';
import type { Plan } from '../../openapi/contract.ts';
import type { Clock } from '../runtime/services.ts';
import type { Organization } from '../state/organization.ts';
import type { State } from '../state/state.ts';
import { Refusal } from './refusals.ts';

/** The organisation of an API key, and the scopes of the key. */
export interface Caller {
  readonly organization: Organization;
  readonly scopes: readonly string[];
}

const bearer = /^bearer +(.*)/i;

/** The token of an Authorization header; the scheme's letter case doesn't matter (LG-AUT-017). */
export const bearerToken = (header: string | undefined): string | undefined =>
  bearer.exec(header ?? '')?.[1];

/**
 * Identifies the caller by the Authorization header alone (LG-AUT-001 to LG-AUT-010).
 *
 * @throws Refusal unauthorized for a missing, malformed, unknown or expired key
 */
export const createAuthenticate =
  (state: State, clock: Clock, keyPrefix: string) =>
  (header: string | undefined): Caller => {
    const token = bearerToken(header);
    if (token === undefined) {
      throw refused(`Send an API key in the Authorization header, as "Bearer ${keyPrefix}…".`);
    }
    if (!token.startsWith(keyPrefix)) throw refused(`API keys start with ${keyPrefix}.`);
    // The time of this lookup can only leak parts of a hash, from which no key can be derived.
    const key = state.keys.firstBy('hash', hashKey(token));
    const organization = key && state.organizations.get(key.organization_id);
    if (!organization) throw refused('This API key is not known.');
    if (key.expires_at !== null && clock.now() >= key.expires_at) {
      throw refused('This API key has expired.');
    }
    return { organization, scopes: key.scopes };
  };

/**
 * The current organisation: it may have been deleted while the request was in progress.
 *
 * @throws Refusal unauthorized
 */
export const requireOrganization = (state: State, id: string): Organization => {
  const organization = state.organizations.get(id);
  if (!organization) throw refused('This API key is not known.');
  return organization;
};

const refused = (message: string): Refusal => new Refusal('unauthorized', message);

/** Enough to make guessing impossible. */
const keyBytes = 24;

/**
 * Creates an API key: the contract's prefix, then random letters, digits, `-` and `_` (LG-AUT-006).
 */
export const makeKey = (prefix: string, randomBytes: (size: number) => Buffer): string =>
  prefix + randomBytes(keyBytes).toString('base64url');

/** The SHA-256 of an API key in hexadecimal; the key itself is never stored. */
export const hashKey = (key: string): string => hash('sha256', key);

/**
 * Accepts organisations whose plan has access to the API (LG-PLN-001 to LG-PLN-004).
 *
 * @throws Refusal plan_required
 */
export const requirePlan = (plans: Readonly<Record<string, Plan>>, plan: string): void => {
  if (plans[plan]?.api) return;
  const sufficient = Object.keys(plans).filter((name) => plans[name]?.api);
  throw new Refusal(
    'plan_required',
    `The ${plan} plan has no access to the API; it requires ${sufficient.join(' or ')}.`,
  );
};

/**
 * Accepts keys that have all the scopes that the operation needs (LG-AUT-018, LG-AUT-019).
 *
 * @throws Refusal forbidden, which names the missing ones
 */
export const requireScopes = (needed: readonly string[], granted: readonly string[]): void => {
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  throw new Refusal('forbidden', `This API key lacks the scope ${missing.join(' and ')}.`);
};
