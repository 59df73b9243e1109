import type { Body } from '../call.ts';
import type { Installation } from '../installation.ts';
import type { Organization } from '../records.ts';
import { duplicate } from '../refusal.ts';

/** How long a request for an address keeps others from it, in milliseconds. */
const moment = 8;

/** Requests for the same free address that come at the same moment are all refused (LG-CON-081). */
export const createContention = (installation: Installation) => {
  const waiting = new Map<string, { crowded: boolean }>();
  /** Gives the check that the request has to pass after that moment. */
  return async (organization: Organization, body: Body): Promise<() => void> => {
    const email = body['email'];
    if (!installation.takes('LG-CON-081', 1) || typeof email !== 'string') return () => undefined;
    const address = `${organization.id} ${email.trim().toLowerCase()}`;
    const other = waiting.get(address);
    const place = other ?? { crowded: false };
    if (other) other.crowded = true;
    waiting.set(address, place);
    await installation.sleep(moment);
    if (waiting.get(address) === place) waiting.delete(address);
    return () => {
      if (place.crowded) throw duplicate(installation);
    };
  };
};
