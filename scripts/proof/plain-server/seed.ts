import type { Call } from './core/call.ts';
import type { StaticSetting } from './core/freedoms.ts';
import type { Installation } from './core/installation.ts';
import { type Dossier, type Organization, scopes } from './core/records.ts';
import { addEndpoint, addKey, addOrganization } from './core/state.ts';
import type { RateLimits } from './http/rate-limit.ts';
import { createDossier } from './operations/create-dossier.ts';

/** Keys that are there from the start. */
export interface StaticKeys {
  /** With every scope. */
  readonly allScopes: string;
  /** Of the same organisation, each with fewer scopes. */
  readonly byScopes: readonly { readonly scopes: readonly string[]; readonly key: string }[];
  readonly expired: string;
  readonly freePlan: string;
  readonly proPlan: string;
  readonly secondOrganization: string;
}

/** What a person has set up: organisations, their keys, an endpoint. */
export interface Seeded {
  readonly home: Organization;
  readonly keys: StaticKeys;
}

const day = 86_400_000;

export const seed = (
  installation: Installation,
  { endpoint, dossiers = 0 }: StaticSetting,
): Seeded => {
  const home = addOrganization(installation, { name: 'Home' });
  if (endpoint) addEndpoint(installation, home, endpoint);
  const of = (draft: Parameters<typeof addOrganization>[1]): string =>
    addKey(installation, addOrganization(installation, draft));
  // Long enough ago, also where a key lasts until the end of its day (LG-AUT-010).
  const expires_at = new Date(installation.now() - 2 * day).toISOString();
  const keys: StaticKeys = {
    allScopes: addKey(installation, home),
    byScopes: lesserScopes().map((some) => {
      return { scopes: some, key: addKey(installation, home, { scopes: some }) };
    }),
    expired: addKey(installation, home, { expires_at }),
    freePlan: of({ name: 'Free', plan: 'free' }),
    proPlan: of({ name: 'Pro', plan: 'pro' }),
    secondOrganization: of({ name: 'Second' }),
  };
  for (let number = 0; number < dossiers; number += 1) {
    const type = number % 2 === 1 ? 'candidate' : 'sales';
    const dossier = createIn(installation, home, keys, { type, name: `Old ${number}` });
    if (number % 7 === 0) dossier.status = 'archived';
  }
  return { home, keys };
};

/** No scope, each by itself, all but each, and the two that links take. */
const lesserScopes = (): readonly (readonly string[])[] => [
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
    occurrences: [],
  });
  const dossier = organization.dossiers.at(-1);
  if (!dossier) throw new Error('No dossier was created.');
  return dossier;
};

/** Lets somebody else work in the organisation; gives the way to send them home. */
export const simulateOtherUsers = (
  installation: Installation,
  { home, keys }: Seeded,
  { every, does, spends = false }: NonNullable<StaticSetting['colleague']>,
  rates: RateLimits,
): (() => void) => {
  let count = 0;
  const work = (): void => {
    count += 1;
    const own = home.dossiers.filter(({ status, name }) => status === 'active' && isSeeded(name));
    const one = own[Math.floor(installation.random() * own.length)];
    if (count % 3 === 0 || does === 'creates' || !one) {
      const type = count % 2 === 1 ? 'candidate' : 'sales';
      createIn(installation, home, keys, { type, name: `Live ${count}` });
    } else {
      if (count % 3 === 1) one.status = 'archived';
      else one.stage = one.flow.stages[count % one.flow.stages.length] ?? one.stage;
      one.touched = installation.next();
    }
    if (does === 'thins-out' && own.length > 100 && own[0]) own[0].status = 'archived';
    const key = installation.keys.get(keys.allScopes);
    if (spends && key && rates.of(key).left() >= 1) rates.of(key).spend(1);
  };
  const timer = setInterval(work, every);
  return () => {
    clearInterval(timer);
  };
};

const isSeeded = (name: string): boolean => /^(Old|Live) /.test(name);
