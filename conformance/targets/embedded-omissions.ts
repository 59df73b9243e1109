import type { Omission } from './target.ts';

/**
 * What a run on the reference server of this kit leaves out, because the server or the suite
 * doesn't do it yet. It shrinks; a test sees to it that nothing stays here once a rule verifies it.
 */
export const embeddedOmissions: readonly Omission[] = [
  {
    operations: [
      'updateDossier',
      'archiveDossier',
      'uploadDossierCv',
      'listContacts',
      'createContact',
      'getContact',
      'updateContact',
      'deleteContact',
      'listDossierContacts',
      'linkDossierContact',
      'unlinkDossierContact',
      'listDossierNotes',
      'createDossierNote',
    ],
    reason: 'The reference server does not serve this operation yet.',
  },
  {
    events: [
      'dossier.created',
      'dossier.updated',
      'dossier.stage_changed',
      'dossier.deleted',
      'note.created',
    ],
    reason: 'The reference server does not send this event yet.',
  },
  {
    requirements: [
      'LG-AUT-048',
      'LG-CON-003',
      'LG-CON-053',
      'LG-CV-008',
      'LG-DOS-052',
      'LG-DOS-053',
      'LG-DOS-056',
      'LG-DOS-057',
      'LG-DOS-058',
      'LG-DOS-059',
      'LG-DOS-060',
      'LG-DOS-061',
      'LG-DOS-062',
      'LG-DOS-063',
      'LG-DOS-064',
    ],
    reason: 'It shows on contacts and their links, which the reference server does not serve yet.',
  },
  {
    requirements: [
      'LG-CON-073',
      'LG-CON-077',
      'LG-DOS-015',
      'LG-DOS-095',
      'LG-DOS-096',
      'LG-ERR-019',
    ],
    reason: 'It shows after changes and deletions, which the reference server does not serve yet.',
  },
  {
    requirements: ['LG-CV-007', 'LG-WEB-010', 'LG-WEB-028'],
    reason: 'It shows in events, which the reference server does not send yet.',
  },
  {
    requirements: ['LG-CV-009', 'LG-ERR-011', 'LG-ERR-020', 'LG-ERR-021', 'LG-ERR-022'],
    reason: 'It takes a fault inside, which the test-control API cannot cause yet.',
  },
  {
    requirements: ['LG-PLN-004'],
    reason:
      'It takes a change of plan, to look into an organisation that was refused for its plan.',
  },
];
