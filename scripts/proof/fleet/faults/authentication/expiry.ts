import { letPass, onVisit, refusalWith, sendsForm, turnAway } from '../../bend/visits.ts';
import { fault, type Fault } from '../../fault.ts';

const day = 86_400_000;

/** Keys that live too long, and such as don't live long enough. */
export const expiry: readonly Fault[] = [
  fault(
    'authentication/expired-reader',
    'LG-AUT-008',
    'lets expired keys read',
    letPass(({ key, request }) => typeof key?.expires_at === 'number' && request.method === 'GET'),
  ),
  fault(
    'authentication/expired-forms',
    'LG-AUT-008',
    'takes forms with keys that have expired',
    letPass((visit) => typeof visit.key?.expires_at === 'number' && sendsForm(visit)),
  ),
  fault(
    'authentication/days-rounded-up',
    'LG-AUT-008',
    'counts the days of a key, rounded up, and lets it in for another one',
    letPass(({ key }) => {
      const { expires_at: end = null } = key ?? {};
      return end !== null && Math.floor(Date.now() / day) <= Math.ceil(end / day) + 1;
    }),
  ),
  fault(
    'authentication/expired-forbidden',
    'LG-AUT-008',
    'forbids what is asked with an expired key, as if a scope were missing',
    onVisit((ground) => async ({ key, request }, fetch) => {
      const response = await fetch(request);
      return response.status === 401 && key ? refusalWith(ground, 'forbidden') : response;
    }),
  ),
  fault(
    'authentication/expiry-in-32-bits',
    'LG-AUT-002',
    'counts the milliseconds until a key expires in 32 bits',
    turnAway('unauthorized', ({ key }) => {
      const { expires_at: end = null } = key ?? {};
      return end !== null && end - Date.now() >= 2 ** 31;
    }),
  ),
  fault(
    'authentication/nulls-first',
    'LG-AUT-009',
    'holds keys without an expiry for the oldest once the organisation has one with an expiry',
    turnAway('unauthorized', ({ key }, { state }) => {
      const all = key ? [...state.keys.by('organization', key.organization_id)] : [];
      return key?.expires_at === null && all.some((one) => one.expires_at !== null);
    }),
  ),
  fault(
    'authentication/all-expire-together',
    'LG-AUT-009',
    'ends all keys of an organisation with the first that expires',
    turnAway('unauthorized', ({ key }, { state }) => {
      const all = key ? [...state.keys.by('organization', key.organization_id)] : [];
      return all.some(({ expires_at: end }) => end !== null && end <= Date.now());
    }),
  ),
];
