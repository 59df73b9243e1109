import { findDossier } from '../dossiers/rules.ts';
import { type Handler, ok } from '../http/handler.ts';
import { timestamp } from '../runtime/services.ts';
import { pageInOrder } from '../state/page.ts';
import type { Note } from '../state/records.ts';

/**
 * Lists all notes of a dossier, the oldest first (LG-NOT-001 to LG-NOT-006). Refuses an unknown
 * dossier (not_found).
 */
export const listDossierNotes: Handler<'listDossierNotes'> = ({ params, query, organization }) => {
  const { id } = findDossier(organization, params.id);
  return ok(pageInOrder(organization.notes.by('dossier', id), query));
};

/**
 * Adds a note to a dossier, internal by default (LG-NOT-007 to LG-NOT-014). Refuses an unknown
 * dossier (not_found).
 */
export const createDossierNote: Handler<'createDossierNote'> = ({
  params,
  body: { content, is_internal },
  organization,
  clock,
  newId,
}) => {
  const { id: dossier_id } = findDossier(organization, params.id);
  const created_at = timestamp(clock.now());
  const note: Note = { id: newId(), dossier_id, content, is_internal, created_at };
  organization.notes.insert(note);
  return ok({ data: note });
};
