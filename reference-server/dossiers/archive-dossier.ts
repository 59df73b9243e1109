import { ok, type Handler } from '../http/handler.ts';
import { changeDossier, findDossier } from './rules.ts';

/**
 * Archives a dossier, which stays with all that is on it (LG-DOS-093 to LG-DOS-099). Refuses an
 * unknown dossier (not_found).
 */
export const archiveDossier: Handler<'archiveDossier'> = ({ params, organization }) => {
  const dossier = findDossier(organization, params.id);
  return ok({
    data: { ...changeDossier(organization, dossier, { status: 'archived' }), status: 'archived' },
  });
};
