import type { Call } from './core/call.ts';
import type { StaticSetting } from './core/variations.ts';
import type { Installation } from './core/installation.ts';
import { type Dossier, type Organization, scopes } from './core/records.ts';
import { addEndpoint, addKey, addOrganization } from './core/state.ts';
import type { RateLimits } from './http/rate-limit.ts';
import { createDossier } from './operations/create-dossier.ts';

/** API keys that exist from the start. */
export interface StaticKeys {
  /** A key with every scope. */
  readonly allScopes: string;
  /** Keys of the same organisation with fewer scopes. */
  readonly byScopes: readonly { readonly scopes: readonly string[]; readonly key: string }[];
  readonly expired: string;
  readonly freePlan: string;
  readonly proPlan: string;
  readonly secondOrganization: string;
}

/** The organisation that is set up by hand, and all API keys. */
export interface Seeded {
  readonly organization: Organization;
  readonly keys: StaticKeys;
}

const day = 86_400_000;

export const seed = (
  installation: Installation,
  { endpoint, dossiers = 0 }: StaticSetting,
): Seeded => {
  const organization = addOrganization(installation, { name: 'Home' });
  if (endpoint) addEndpoint(installation, organization, endpoint);
  const of = (draft: Parameters<typeof addOrganization>[1]): string =>
    addKey(installation, addOrganization(installation, draft));
  // Expired even if a key is valid until the end of the day (LG-AUT-010).
  const expires_at = new Date(installation.now() - 2 * day).toISOString();
  const keys: StaticKeys = {
    allScopes: addKey(installation, organization),
    byScopes: scopeSubsets().map((some) => {
      return { scopes: some, key: addKey(installation, organization, { scopes: some }) };
    }),
    expired: addKey(installation, organization, { expires_at }),
    freePlan: of({ name: 'Free', plan: 'free' }),
    proPlan: of({ name: 'Pro', plan: 'pro' }),
    secondOrganization: of({ name: 'Second' }),
  };
  for (let number = 0; number < dossiers; number += 1) {
    const type = number % 2 === 1 ? 'candidate' : 'sales';
    const dossier = createIn(installation, organization, keys, { type, name: `Old ${number}` });
    if (number % 7 === 0) dossier.status = 'archived';
  }
  return { organization, keys };
};

/** No scope, each scope alone, all scopes but one, and the two that links need. */
const scopeSubsets = (): readonly (readonly string[])[] => [
  [],
  ...scopes.map((scope) => [scope]),
  ...scopes.map((scope) => scopes.filter((one) => one !== scope)),
  ['contacts:write', 'dossiers:write'],
];

const createIn = (
  installation: Installation,
  organization: Organization,
  keys: StaticKeys,
  body: Call['body'],
): Dossier => {
  const key = installation.keys.get(keys.allScopes);
  if (!key) throw new Error('The organisation has no key.');
  createDossier({
    ...{ installation, organization, key, path: {}, body, form: undefined },
    listed: organization,
    ...{ query: new URLSearchParams(), raw: Buffer.alloc(0), contentType: '' },
    changes: [],
  });
  const dossier = organization.dossiers.at(-1);
  if (!dossier) throw new Error('No dossier was created.');
  return dossier;
};

/** Simulates another user who makes changes in the organisation; returns a function that stops it. */
export const simulateOtherUsers = (
  installation: Installation,
  { organization, keys }: Seeded,
  { every, does, spends = false }: NonNullable<StaticSetting['colleague']>,
  rates: RateLimits,
): (() => void) => {
  let count = 0;
  const makeChange = (): void => {
    count += 1;
    const active = organization.dossiers.filter(
      ({ status, name }) => status === 'active' && isSeeded(name),
    );
    const one = active[Math.floor(installation.random() * active.length)];
    if (count % 3 === 0 || does === 'creates' || !one) {
      const type = count % 2 === 1 ? 'candidate' : 'sales';
      createIn(installation, organization, keys, { type, name: `Live ${count}` });
    } else {
      if (count % 3 === 1) one.status = 'archived';
      else one.stage = one.flow.stages[count % one.flow.stages.length] ?? one.stage;
      one.touched = installation.next();
    }
    if (does === 'thins-out' && active.length > 100 && active[0]) active[0].status = 'archived';
    const key = installation.keys.get(keys.allScopes);
    if (spends && key && rates.of(key).left() >= 1) rates.of(key).spend(1);
  };
  const timer = setInterval(makeChange, every);
  return () => {
    clearInterval(timer);
  };
};

const isSeeded = (name: string): boolean => /^(Old|Live) /.test(name);
