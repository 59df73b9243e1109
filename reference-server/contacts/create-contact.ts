import { ok, type Handler } from '../http/handler.ts';
import { addContact, presentContact, requireFreeEmail } from './rules.ts';

/**
 * Creates a contact on no dossier (LG-CON-025 to LG-CON-050).
 *
 * Refuses an e-mail address that another contact has (duplicate_contact).
 */
export const createContact: Handler<'createContact'> = ({ body, organization, clock, newId }) => {
  requireFreeEmail(organization, body.email);
  const contact = addContact(organization, body, { clock, newId });
  return ok({ data: presentContact(organization, contact) });
};
