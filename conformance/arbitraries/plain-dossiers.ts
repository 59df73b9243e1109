import type { NewDossier } from '../world/organization.ts';

/** So many unremarkable dossiers, candidates and sales in turn, where only their number matters. */
export const plainDossiers = (count: number): NewDossier[] =>
  Array.from({ length: count }, (_, index) => {
    const type = index % 2 === 0 ? 'candidate' : 'sales';
    return { type, name: `Dossier ${String(index + 1)}` };
  });
