import type { Schemas } from '../../openapi/contract.ts';
import { isListed } from './dossier-list.ts';
import { dossierStatuses } from './dossier-types.ts';
import { expectEqual } from './expectations.ts';
import { dataOf, type Dossier, type Organization } from './organization.ts';
import type { World } from './world.ts';

export type Status = NonNullable<Dossier['status']>;

/** The statuses of dossiers that are not archived. */
export const liveStatuses = (contract: World['contract']): readonly Status[] =>
  (dossierStatuses(contract) as readonly Status[]).filter((status) => status !== 'archived');

/** Deletes a dossier, which archives it, and expects that to succeed. */
export const archive = async (
  { expect }: Pick<World, 'expect'>,
  home: Organization,
  id: string,
): Promise<Schemas['DossierArchived']> => {
  const exchange = await home.all.send('archiveDossier', { path: { id } });
  expect.success(exchange);
  return dataOf(exchange.json) as Schemas['DossierArchived'];
};

/** A dossier is listed under this status, and under no other. */
export const expectListedUnder = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  id: string,
  status: string,
): Promise<void> => {
  const found: string[] = [];
  for (const one of dossierStatuses(world.contract)) {
    if (await isListed(world, home, id, { status: one })) found.push(one);
  }
  expectEqual(found, [status], 'the statuses that the dossier is listed under');
};
