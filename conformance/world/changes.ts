import type { Schemas } from '../../openapi/contract.ts';
import type { Aftermath, Told, View } from './aftermath.ts';
import { findListed, findUnderAnyStatus } from './dossier-list.ts';
import { dataOf, type Organization } from './organization.ts';
import { retrieve } from './sightings.ts';
import type { World } from './world.ts';

export type DossierChanges = Schemas['DossierChanges'];

/** Changes a dossier, and expects that to succeed. */
export const change = async (
  { expect }: Pick<World, 'expect'>,
  home: Organization,
  id: string,
  changes: DossierChanges,
): Promise<Told> => {
  const exchange = await home.all.send('updateDossier', { path: { id }, body: changes });
  expect.success(exchange);
  return dataOf(exchange.json) as Told;
};

/** Retrieves a dossier and looks it up in the list. */
export const view = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  id: string,
): Promise<View> => ({
  retrieved: await retrieve(world, home, id),
  listed: await findUnderAnyStatus(world, home, id),
});

/** Changes a dossier, then retrieves it and looks it up in the list. */
export const changeAndSee = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  id: string,
  changes: DossierChanges,
): Promise<Aftermath> => {
  const answered = await change(world, home, id, changes);
  return { answered, ...(await view(world, home, id)) };
};

/** Retrieves a dossier and looks it up among those of the status that it must have. */
export const viewUnder = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  id: string,
  status: string,
): Promise<View> => {
  const retrieved = await retrieve(world, home, id);
  return { retrieved, listed: await findListed(world, home, id, { status }) };
};
