import { notFound } from '../http/refusal.ts';
import { done, findOrganization, type ControlHandler } from './handler.ts';
import { readMoment } from './moment.ts';

/** Puts a contact in the talent pool until a moment, or makes it one that never was in it. */
export const setPoolWindow: ControlHandler<'setPoolWindow'> = ({ params, body, state }) => {
  const { contacts, poolWindows } = findOrganization(state, params);
  const { contact_id: id } = params;
  if (!contacts.get(id)) throw notFound('Contact');
  const until = readMoment('until', body.until);
  if (poolWindows.get(id)) poolWindows.remove(id);
  if (until !== null) poolWindows.insert({ id, until });
  return done;
};

/** Lets the organisation's next upload or request fail inside, once. */
export const failNext: ControlHandler<'failNext'> = ({ params, body, state }) => {
  findOrganization(state, params).plannedFaults.add(body.next);
  return done;
};
