import type { Organization } from '../state/organization.ts';
import type { State } from '../state/state.ts';
import type { Clock } from '../services.ts';
import { hashKey } from './api-key.ts';
import { Refusal } from './refusal.ts';

/** Who asks, and what the key may do. */
export interface Caller {
  readonly organization: Organization;
  readonly scopes: readonly string[];
}

const bearer = /^bearer +(.*)/i;

/** The token of an Authorization header; the scheme's letter case doesn't matter (LG-AUT-017). */
export const bearerToken = (header: string | undefined): string | undefined =>
  bearer.exec(header ?? '')?.[1];

/**
 * Finds out who asks, from the Authorization header alone (LG-AUT-001 to LG-AUT-010).
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
    // How long the search takes can tell of hashes only, and no key follows from a part of its hash.
    const key = state.keys.firstBy('hash', hashKey(token));
    const organization = key && state.organizations.get(key.organization_id);
    if (!organization) throw refused('This API key is not known.');
    if (key.expires_at !== null && clock.now() >= key.expires_at) {
      throw refused('This API key has expired.');
    }
    return { organization, scopes: key.scopes };
  };

/**
 * The organisation as it is now: it may have gone while a request was on its way.
 *
 * @throws Refusal unauthorized
 */
export const requireOrganization = (state: State, id: string): Organization => {
  const organization = state.organizations.get(id);
  if (!organization) throw refused('This API key is not known.');
  return organization;
};

const refused = (message: string): Refusal => new Refusal('unauthorized', message);
