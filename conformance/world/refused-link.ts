import { expectEqual } from './expectations.ts';
import { contactsOn, link } from './links.ts';
import type { Organization } from './organization.ts';
import { expectPermittedRefusal } from './permitted-refusals.ts';
import type { World } from './world.ts';

/**
 * Linking a contact is refused as one that the organisation doesn't have, and links nobody; the
 * twin, with one that it has, is linked.
 */
export const expectNotLinked = async (
  world: Pick<World, 'expect' | 'acceptances'>,
  home: Organization,
  dossier: string,
  contact_id: string,
  twin: string,
): Promise<void> => {
  const idsOn = async () =>
    (await contactsOn(world, home, dossier)).map((one) => one.contact_id).sort();
  const before = await idsOn();
  const body = { contact_id, role_on_dossier: 'champion' } as const;
  const offence = await home.all.send('linkDossierContact', { path: { id: dossier }, body });
  expectPermittedRefusal(world, offence, ['LG-LNK-013']);
  expectEqual(await idsOn(), before, 'the same contacts as before,');
  await link(world, home, dossier, { ...body, contact_id: twin });
};
