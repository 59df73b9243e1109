/** Where a dossier's CV is stored, as organisation, dossier and file name (LG-CV-013). */
export const cvUrl = (organizationId: string, dossierId: string): string =>
  `${organizationId}/dossiers/${dossierId}/cv.pdf`;
