import { findDossier } from '../dossiers/rules.ts';
import { ok, type Handler } from '../http/handler.ts';
import { pageInOrder } from '../state/page.ts';

/**
 * Lists the notes of a dossier, internal ones and others, the oldest first (LG-NOT-001 to
 * LG-NOT-006). Refuses an unknown dossier (not_found).
 */
export const listDossierNotes: Handler<'listDossierNotes'> = ({ params, query, organization }) => {
  const { id } = findDossier(organization, params.id);
  return ok(pageInOrder(organization.notes.by('dossier', id), query));
};
