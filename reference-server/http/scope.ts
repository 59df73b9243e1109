import { Refusal } from './refusal.ts';

/**
 * Lets keys in that have all scopes which the operation needs (LG-AUT-018, LG-AUT-019).
 *
 * @throws Refusal forbidden, which names the missing ones
 */
export const requireScopes = (needed: readonly string[], held: readonly string[]): void => {
  const missing = needed.filter((scope) => !held.includes(scope));
  if (missing.length === 0) return;
  throw new Refusal('forbidden', `This API key lacks the scope ${missing.join(' and ')}.`);
};
