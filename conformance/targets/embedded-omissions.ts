import type { Omission } from './target.ts';

/**
 * What a run on the reference server of this kit leaves out, because the suite has no rule for it
 * yet; the server does it all. It shrinks; a test sees to it that nothing stays here once a rule
 * verifies it.
 */
export const embeddedOmissions: readonly Omission[] = [
  {
    requirements: ['LG-CON-*', 'LG-LNK-*', 'LG-NOT-*'],
    reason: 'The suite has no rule about contacts, links and notes yet.',
  },
  {
    requirements: ['LG-WEB-*', 'LG-SIG-*', 'LG-CV-007'],
    reason: 'The suite has no receiver for events yet.',
  },
  {
    requirements: [
      'LG-AUT-048',
      'LG-CV-008',
      ...['052', '053', '056', '057', '058', '059', '060'].map(ofDossiers),
      ...['061', '062', '063', '064'].map(ofDossiers),
    ],
    reason: 'It shows on contacts and their links, about which the suite has no rule yet.',
  },
  {
    requirements: [
      ...['010', '011', '012', '014', '024', '029'].map((number) => `LG-CV-${number}`),
      'LG-DOS-015',
      ...numbers(67, 101).map(ofDossiers),
      'LG-ERR-012',
      'LG-ERR-019',
      'LG-GEN-038',
    ],
    reason: 'The suite has no rule about changes, deletions and uploads yet.',
  },
  {
    requirements: ['LG-CV-009', 'LG-ERR-011', 'LG-ERR-020', 'LG-ERR-021', 'LG-ERR-022'],
    reason: 'The suite has no rule yet that lets something fail inside.',
  },
  {
    requirements: ['LG-PLN-004'],
    reason:
      'It takes a change of plan, to look into an organisation that was refused for its plan.',
  },
];

function ofDossiers(number: string): string {
  return `LG-DOS-${number}`;
}

/** From one number to another, as ids write them. */
function numbers(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) =>
    String(first + index).padStart(3, '0'),
  );
}
