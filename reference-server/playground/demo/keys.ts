import type { Contract } from '../../../openapi/contract.ts';
import { makeKey } from '../../http/api-key.ts';
import { blueprints, type Blueprint, type KeyKind } from '../data/organizations.ts';
import type { Chance } from './chance.ts';

/** A key of a demo organisation. */
export interface DemoKey {
  readonly organization: string;
  readonly plan: string;
  readonly kind: KeyKind;
  readonly key: string;
}

/** What a key is made from: the same seed gives the same keys, whatever else there is. */
export const keyChance = (chance: Chance, { name }: Blueprint, kind: KeyKind): Chance =>
  chance.branch(`key of ${name}: ${kind}`);

/** All keys of the demo organisations, whether these exist or not. */
export const demoKeys = (contract: Contract, chance: Chance): DemoKey[] =>
  blueprints.flatMap((blueprint) =>
    blueprint.keys.map((kind) => ({
      organization: blueprint.name,
      plan: planOf(contract, blueprint),
      kind,
      key: makeKey(contract.keyPrefix, keyChance(chance, blueprint, kind).bytes),
    })),
  );

/** The first plan with, or without, access to the API. */
export const planOf = ({ plans }: Contract, { access }: Blueprint): string => {
  const plan = Object.keys(plans).find((name) => plans[name]?.api === access);
  if (plan === undefined) throw new Error(`No plan has api: ${String(access)}.`);
  return plan;
};
