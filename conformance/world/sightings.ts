import { schemaAt } from '../../openapi/contract.ts';
import { dataOf, type Dossier, type NewDossier, type Organization } from './organization.ts';
import { findListed } from './dossier-list.ts';
import { expectEqual } from './expectations.ts';
import type { World } from './world.ts';

/** A new dossier as the three operations show it. */
export interface Sightings {
  readonly created: Dossier;
  readonly retrieved: Dossier;
  readonly listed: Dossier;
}

export type Place = keyof Sightings;

export const everywhere: readonly Place[] = ['created', 'retrieved', 'listed'];

const placeNames: Readonly<Record<Place, string>> = {
  created: 'the answer to the creation',
  retrieved: 'the dossier by its id',
  listed: 'the list',
};

/** What may be kept with the primary contact instead, and then has no value here (LG-DOS-042). */
export const ofTheContact: ReadonlySet<string> = new Set([
  'email',
  'phone',
  'role',
  'intake_notes',
]);

/** Creates a dossier, then retrieves it and looks it up in the list. */
export const createAndSee = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  draft: NewDossier,
): Promise<Sightings> => see(world, home, await home.createDossier(draft));

/** Retrieves a dossier that was just created, and looks it up in the list. */
export const see = async (
  world: Pick<World, 'expect' | 'contract'>,
  home: Organization,
  created: Dossier,
): Promise<Sightings> => ({
  created,
  retrieved: await retrieve(world, home, created.id),
  listed: await findListed(world, home, created.id),
});

export const retrieve = async (
  { expect }: Pick<World, 'expect'>,
  home: Organization,
  id: string,
): Promise<Dossier> => {
  const exchange = await home.all.send('getDossier', { path: { id } });
  expect.success(exchange);
  return dataOf(exchange.json) as Dossier;
};

/**
 * Each field has the value that was sent in the places that must show it, and no other value
 * anywhere. Whether letters are composed is a matter of decisions.
 */
export const expectKept = (
  seen: Sightings,
  sent: Readonly<Record<string, unknown>>,
  places: readonly Place[] = [],
): void => {
  for (const [name, value] of Object.entries(sent)) {
    for (const place of everywhere) {
      const shown = seen[place][name as keyof Dossier];
      const leftOut = shown === undefined || (shown === null && ofTheContact.has(name));
      if (leftOut && !places.includes(place)) continue;
      expectEqual(
        comparable(name, shown),
        comparable(name, value),
        `${name} in ${placeNames[place]}`,
      );
    }
  }
};

/**
 * Letters composed, and of a phone number the digits: how it is written is a matter of decisions
 * (LG-CON-080).
 */
export const comparable = (name: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  return name === 'phone' ? value.replaceAll(/\D/g, '') : value.normalize('NFC');
};

/** The three say nothing about a documented field that contradicts one another. */
export const expectAgreement = (
  { contract }: Pick<World, 'contract'>,
  { created, retrieved, listed }: Sightings,
): void => {
  for (const name of dossierFields(contract)) {
    // Whether its precision may differ is a matter of decisions.
    if (name === 'created_at') continue;
    const shown = [retrieved[name], created[name], listed[name]].filter(
      (value) => value !== undefined && !(value === null && ofTheContact.has(name)),
    );
    for (const value of shown) expectEqual(value, shown[0], `${name} everywhere`);
  }
};

/** The names of all fields that a dossier has. */
export const dossierFields = (contract: World['contract']): (keyof Dossier)[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/DossierPatched');
  return Object.keys(properties as object) as (keyof Dossier)[];
};
