import { ok, type Handler } from '../http/handler.ts';
import { unlinkEverywhere } from '../links/rules.ts';
import { findContact } from './rules.ts';

/**
 * Deletes a contact for good, with its links and its time in the pool; its dossiers stay
 * (LG-CON-074 to LG-CON-079). Refuses an unknown contact (not_found).
 */
export const deleteContact: Handler<'deleteContact'> = ({ params, organization }) => {
  const { id } = findContact(organization, params.id);
  unlinkEverywhere(organization, id);
  if (organization.poolWindows.get(id)) organization.poolWindows.remove(id);
  organization.contacts.remove(id);
  return ok({ data: { id, deleted: true } });
};
