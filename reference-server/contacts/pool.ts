import type { Schemas } from '../../openapi/contract.ts';
import type { Organization } from '../state/organization.ts';
import type { Contact } from '../state/records.ts';

/**
 * Whether a contact's time in the talent pool stands like that at a moment; it is over at the very
 * instant at which it ends (LG-CON-008 to LG-CON-011).
 *
 * @param now - in milliseconds since 1970
 */
export const isInPool = (
  { poolWindows }: Organization,
  { id }: Contact,
  status: Schemas['PoolStatus'],
  now: number,
): boolean => {
  const window = poolWindows.get(id);
  if (!window) return false;
  return status === (now < window.until ? 'in_pool' : 'expired');
};
