import type { Client, RawRequest } from './client.ts';
import { expectNoneNamed } from './dossier-list.ts';
import { aCv, createByForm, formOf } from './forms.ts';
import type { Organization } from './organization.ts';
import type { World } from './world.ts';

/** A form that creates a dossier with this name, and with a CV. */
export const aForm = (name: string): RawRequest => ({
  body: formOf({ type: 'candidate', name }, aCv()),
});

/**
 * A form is refused to this client, and what it asked for isn't done; its twin in the organisation
 * is let in.
 */
export const expectFormRefused = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  client: Client,
  status: number,
): Promise<void> => {
  await createByForm(world, home, formOf({ type: 'candidate', name: 'Let in' }, aCv()));
  const name = `Refused with ${String(status)}`;
  world.expect.refusal(await client.send('createDossier', aForm(name)), status);
  await expectNoneNamed(world, home, name);
  await createByForm(world, home, formOf({ type: 'candidate', name: 'Let in again' }, aCv()));
};
