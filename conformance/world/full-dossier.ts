import { aCv, createByForm, formOf } from './forms.ts';
import type { Dossier, NewDossier, Organization } from './organization.ts';
import type { World } from './world.ts';

/**
 * Creates a dossier that is assigned to a member, where one is known, and has a CV as far as the
 * documentation is plain: a CV for a sale, and amounts in forms, are matters of decisions.
 */
export const createFull = (
  world: Pick<World, 'expect'>,
  home: Organization,
  draft: NewDossier,
): Promise<Dossier> => {
  const [assigned_to] = home.members;
  const full = assigned_to === undefined ? draft : { ...draft, assigned_to };
  return full.type === 'candidate'
    ? createByForm(world, home, formOf(full, aCv()))
    : home.createDossier(full);
};
