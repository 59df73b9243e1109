import { contactsIn } from './contact-list.ts';
import { contactsOn } from './links.ts';
import { notesOn } from './notes.ts';
import type { Dossier, Organization } from './organization.ts';
import type { World } from './world.ts';

/**
 * What an organisation of a few dossiers holds, ids and moments aside: so can it be compared with
 * another one, or with what it was.
 */
export const portraitOf = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
): Promise<readonly string[]> => {
  const pages = await home.walk('listDossiers', {});
  const lines: string[] = [];
  for (const dossier of pages.flatMap(({ items }) => items as readonly Dossier[])) {
    // What is left of one that is archived is a matter of decisions (LG-DOS-101).
    const parts = dossier.status === 'archived' ? [] : await partsOf(world, home, dossier.id);
    const { type, name, status, cv_url } = dossier;
    const file = cv_url ? 'with a CV' : 'without a CV';
    lines.push([type, name, status, file, ...parts].join(', '));
  }
  for (const { full_name, email, dossier_count } of await contactsIn(world, home)) {
    const told = [full_name, email, `${String(dossier_count)} dossiers`];
    lines.push(told.filter(Boolean).join(', '));
  }
  return lines.sort();
};

/** Who is on a dossier, and what is noted there. */
const partsOf = async (
  world: Pick<World, 'expect'>,
  home: Organization,
  id: string,
): Promise<string[]> => [
  ...(await contactsOn(world, home, id))
    .map((one) => `${one.full_name} as ${one.role_on_dossier}${one.is_primary ? ' (primary)' : ''}`)
    .sort(),
  ...(await notesOn(world, home, id)).map(({ content }) => content),
];
