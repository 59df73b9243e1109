import { found, type Operation } from '../call.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import { cvsIn } from '../wire/form.ts';
import { showDossier } from '../views/dossier.ts';
import { beginsAsPdf, checkCv, cvOf, cvUrl, notStored, storingFails } from './cv.ts';
import { anyDossier, openDossier } from './named.ts';

export const getDossier: Operation = (call) => found(showDossier(call, anyDossier(call), 'get'));

export const archiveDossier: Operation = (call) => {
  const dossier = anyDossier(call);
  const { installation } = call;
  const again = dossier.status === 'archived';
  const choice = installation.choice('LG-DOS-099');
  if (again && choice === 1) throw notFound(installation, 'Dossier', dossier.id);
  if (again && choice === 2) {
    throw conflict(installation, 'archived', 'The dossier is archived.');
  }
  dossier.status = 'archived';
  dossier.touched = installation.next();
  call.occurrences.push({ what: 'deleted', dossier, again });
  return found(showDossier(call, dossier, 'archive'));
};

export const uploadDossierCv: Operation = (call) => {
  const dossier = openDossier(call, true);
  const { installation, form, raw, contentType, organization } = call;
  if (form && cvsIn(form).length === 0) throw invalid(installation, 'cv is missing');
  // Only what begins as a PDF is read as one without a label (LG-GEN-030, LG-CV-033).
  const type = contentType === '' && !beginsAsPdf(raw) ? '' : 'application/pdf';
  const body = { name: 'cv', type, bytes: raw };
  const file = checkCv(installation, (form && cvOf(installation, form)) ?? body, false);
  if (!file) throw invalid(installation, 'cv is missing');
  if (storingFails(call)) {
    if (installation.takes('LG-CV-029', 1)) dossier.cv_url = null;
    throw notStored(installation);
  }
  dossier.cv_url = cvUrl(installation, organization, dossier);
  dossier.touched = installation.next();
  call.occurrences.push({ what: 'uploaded', dossier });
  return found(showDossier(call, dossier, 'upload'));
};
