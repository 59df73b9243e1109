import { plainDossiers } from '../arbitraries/plain-dossiers.ts';
import { expectEvent } from './events.ts';
import { aCv, createByForm, formOf } from './forms.ts';
import type { Inbox } from './inbox.ts';
import type { Dossier, Organization } from './organization.ts';
import type { World } from './world.ts';

/** Dossiers of each type, by JSON and by a form with a CV, of whose creation events have told. */
export const createEveryWay = async (
  world: Pick<World, 'expect'>,
  home: Organization,
  inbox: Inbox,
): Promise<Dossier[]> => {
  const created = await home.createDossiers(plainDossiers(2));
  const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
  created.push(await createByForm(world, home, form));
  for (const { id } of created) await expectEvent(inbox, 'dossier.created', id);
  return created;
};
