import { findContact } from '../contacts/rules.ts';
import { findDossier } from '../dossiers/rules.ts';
import { ok, type Handler } from '../http/handler.ts';
import { linkContact } from './rules.ts';

/**
 * Links a contact to a dossier with a role; linking again changes the link (LG-LNK-010 to
 * LG-LNK-026). Refuses an unknown dossier and an unknown contact (not_found).
 */
export const linkDossierContact: Handler<'linkDossierContact'> = ({
  params,
  body: { contact_id, role_on_dossier, is_primary },
  organization,
}) => {
  const dossier = findDossier(organization, params.id);
  const contact = findContact(organization, contact_id);
  const link = { dossier_id: dossier.id, contact_id: contact.id, role_on_dossier, is_primary };
  linkContact(organization, link);
  return ok({ data: link });
};
