import { ok, type Handler } from '../http/handler.ts';
import { distinctKinds, findContact, presentContact, requireFreeEmail } from './rules.ts';

/**
 * Changes the fields that were sent and no others; null clears an optional one (LG-CON-055 to
 * LG-CON-073).
 *
 * Refuses an unknown contact (not_found) and an e-mail address that another contact has
 * (duplicate_contact).
 */
export const updateContact: Handler<'updateContact'> = ({ params, body, organization }) => {
  const contact = findContact(organization, params.id);
  requireFreeEmail(organization, body.email, contact.id);
  const changed = { ...contact, ...body };
  organization.contacts.replace({ ...changed, kind: distinctKinds(changed.kind) });
  return ok({ data: presentContact(organization, findContact(organization, params.id)) });
};
