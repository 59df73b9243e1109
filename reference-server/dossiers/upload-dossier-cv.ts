import { ok, type Handler } from '../http/handler.ts';
import { invalid } from '../http/refusal.ts';
import { cvUrl, storeCv } from './cv.ts';
import { changeDossier, findDossier } from './rules.ts';

/**
 * Gives a dossier a CV, in place of an earlier one (LG-CV-010 to LG-CV-030). Refuses an unknown
 * dossier (not_found).
 */
export const uploadDossierCv: Handler<'uploadDossierCv'> = ({ params, files, organization }) => {
  const dossier = findDossier(organization, params.id);
  const bytes = files.get('cv');
  /* v8 ignore next -- the contract requires it, which types of files can't say */
  if (!bytes) throw invalid('cv is required.');
  const cv_url = cvUrl(organization.id, dossier.id);
  storeCv(organization, dossier.id, bytes);
  return ok({ data: { ...changeDossier(organization, dossier, { cv_url }), cv_url } });
};
