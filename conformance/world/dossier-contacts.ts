import { contactIdsIn } from './contact-list.ts';
import { retrieveContact, type Contact } from './contacts.ts';
import { expectEqual } from './expectations.ts';
import { createByForm, formOf } from './forms.ts';
import { contactsOn, type LinkedContact } from './links.ts';
import type { Dossier, NewDossier, Organization } from './organization.ts';
import type { World } from './world.ts';

type Judge = Pick<World, 'expect' | 'contract'>;

/** The two ways in which a dossier can be created. */
export const waysToCreate = ['JSON', 'a form'] as const;

/** Creates a dossier by JSON or by a form without a file, and expects that to succeed. */
export const createIn = (
  world: Judge,
  home: Organization,
  way: (typeof waysToCreate)[number],
  draft: NewDossier,
): Promise<Dossier> =>
  way === 'JSON' ? home.createDossier(draft) : createByForm(world, home, formOf(draft));

/** A new dossier's one contact: as the dossier lists it, and by its id. */
export interface FirstContact {
  readonly listed: LinkedContact;
  readonly contact: Contact;
}

/** The one contact that a dossier has when it is new; there must be one, and no other. */
export const firstContactOf = async (
  world: Judge,
  home: Organization,
  dossier: string,
): Promise<FirstContact> => {
  const linked = await contactsOn(world, home, dossier);
  expectEqual(linked.length, 1, 'the number of contacts on the new dossier');
  const [listed] = linked as [LinkedContact];
  return { listed, contact: await retrieveContact(world, home, listed.contact_id) };
};

/** The ids of the contacts that there are more, after something was done, than there were. */
export const newcomersBy = async (
  world: Judge,
  home: Organization,
  act: () => Promise<unknown>,
): Promise<string[]> => {
  const before = new Set(await contactIdsIn(world, home));
  await act();
  return (await contactIdsIn(world, home)).filter((id) => !before.has(id));
};
