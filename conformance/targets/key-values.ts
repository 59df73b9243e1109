import { misuse } from '../breakdown.ts';
import type { DescribedKeys, SecretVariable } from './description.ts';
import type { Keys } from './keys.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that hold keys where nobody says otherwise. */
const usual = {
  allScopes: 'LEADGRID_KEY',
  expired: 'LEADGRID_EXPIRED_KEY',
  freePlan: 'LEADGRID_FREE_PLAN_KEY',
  proPlan: 'LEADGRID_PRO_PLAN_KEY',
  secondOrganization: 'LEADGRID_SECOND_KEY',
} as const satisfies Readonly<Record<Exclude<keyof DescribedKeys, 'byScopes'>, SecretVariable>>;

/** The variables that a description names, and those that hold a key without being named. */
export const variablesOf = (described: DescribedKeys, environment: Environment): DescribedKeys => ({
  ...Object.fromEntries(Object.entries(usual).filter(([, name]) => environment[name])),
  ...described,
});

/** @throws Breakdown when the variable isn't set, or holds what no header can */
export type ReadSecret = (name: SecretVariable, place: string) => string;

/** Reads variables of the environment: keys never stand on a command line or in a file. */
export const createSecretReader =
  (environment: Environment): ReadSecret =>
  (name, place) => {
    const value = environment[name];
    if (!value) {
      throw misuse(`${place} names ${name}, which isn't set. Set it, or leave ${place} out.`);
    }
    if (/^[\x21-\x7e]+$/.test(value)) return value;
    throw misuse(`${name} holds characters that no header can. Copy the key again.`);
  };

/** The keys that the variables hold; undefined where there is none with every scope. */
export const readKeys = (variables: DescribedKeys, read: ReadSecret): Keys | undefined => {
  const { allScopes, byScopes, expired, freePlan, proPlan, secondOrganization } = variables;
  if (allScopes === undefined) return undefined;
  return {
    key: read(allScopes, 'keys.allScopes'),
    ...(byScopes && {
      scoped: byScopes.map(({ scopes, key }, index) => ({
        scopes,
        key: read(key, `keys.byScopes[${String(index)}].key`),
      })),
    }),
    ...(expired && { expired: read(expired, 'keys.expired') }),
    ...(freePlan && { freePlan: read(freePlan, 'keys.freePlan') }),
    ...(proPlan && { proPlan: read(proPlan, 'keys.proPlan') }),
    ...(secondOrganization && { second: read(secondOrganization, 'keys.secondOrganization') }),
  };
};
