import { timestamp } from '../../services.ts';
import type { Blueprint, KeyKind } from '../data/organizations.ts';
import { day } from './agenda.ts';
import type { Chance } from './chance.ts';
import { keyChance, planOf } from './keys.ts';
import { createSettle, type Ground } from './settings.ts';

/** How long ago the expired key did so, in days. */
const expired = 7;

/**
 * Does what a person does under Settings before any work begins.
 *
 * @param today - in milliseconds since 1970
 * @returns the organisation, as the control API's paths name it
 */
export const foundOrganization = (
  ground: Ground,
  blueprint: Blueprint,
  today: number,
  chance: Chance,
): { readonly organization_id: string } => {
  const { name, members, flows } = blueprint;
  const settings = createSettle(withChance(ground, chance.branch(`settings of ${name}`)));
  const plan = planOf(ground.contract, blueprint);
  const { id: organization_id } = settings('createOrganization', { body: { name, plan } }).data;
  const params = { organization_id };
  for (const member of members) settings('createMember', { params, body: { name: member } });
  for (const flow of flows) settings('createFlow', { params, body: flow });

  const { scopes } = ground.contract;
  const keys: Record<KeyKind, { scopes: string[]; expires_at?: string }> = {
    'all scopes': { scopes: [...scopes] },
    'read-only': { scopes: scopes.filter((scope) => scope.endsWith(':read')) },
    expired: { scopes: [...scopes], expires_at: timestamp(today - expired * day) },
  };
  for (const kind of blueprint.keys) {
    const settle = createSettle(withChance(ground, keyChance(chance, blueprint, kind)));
    settle('createKey', { params, body: keys[kind] });
  }
  return params;
};

/** In the key's own branch of chance the first bytes are the key, and then comes its id. */
const withChance = (ground: Ground, { id, bytes }: Chance): Ground => ({
  ...ground,
  services: { ...ground.services, newId: id, randomBytes: bytes },
});
