import { findDossier } from '../dossiers/rules.ts';
import { ok, type Handler } from '../http/handler.ts';
import { unlinkContact } from './rules.ts';

/**
 * Takes a contact off a dossier; the contact stays (LG-LNK-027 to LG-LNK-031). Refuses an unknown
 * dossier and a contact that isn't linked to it (not_found).
 */
export const unlinkDossierContact: Handler<'unlinkDossierContact'> = ({ params, organization }) => {
  const { id } = findDossier(organization, params.id);
  unlinkContact(organization, id, params.contact_id);
  return ok({ data: { dossier_id: id, contact_id: params.contact_id, unlinked: true } });
};
