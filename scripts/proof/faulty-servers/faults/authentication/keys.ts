import {
  type Fault,
  type MutableRequest,
  onMutableRequest,
} from '../../../../../conformance/faults/inject.ts';
import { type FaultyServer, faultyServer, onWire } from '../../faulty-server.ts';
import {
  admit,
  onIncoming,
  organizationHolding,
  refusalResponse,
  refuseWhen,
  sendsForm,
  withFullAccess,
} from '../../inject/requests.ts';

/** Mistakes an invalid token for an earlier API key, if the two are alike. */
const confuseKeys = (alike: (token: string, known: string) => boolean): FaultyServer['inject'] =>
  onIncoming((internals) => {
    const owners = new Map<string, string>();
    return ({ request, token, key, organization }, fetch) => {
      if (token === undefined) return fetch(request);
      if (key && organization) owners.set(token, organization.id);
      const known = key ? undefined : [...owners.keys()].findLast((one) => alike(token, one));
      const owner = internals.state.organizations.get(owners.get(known ?? '') ?? '');
      return fetch(owner ? withFullAccess(internals, request, owner) : request);
    };
  });

/** Whether a key matches the token as a LIKE pattern of SQL. */
const isLike = (token: string, key: string): boolean => {
  const pattern = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*');
  return new RegExp(`^${pattern.replaceAll('_', '.')}$`).test(key);
};

const wildcard = '%';

/** Requests that are accepted without an API key, or with an invalid one. */
export const keyFaults: readonly FaultyServer[] = [
  faultyServer(
    'authentication/open-stages',
    'LG-AUT-001',
    'shows the stages of a flow to anybody who knows its id',
    admit(
      (incoming, internals) =>
        incoming.token === undefined &&
        incoming.operation === 'listFlowStages' &&
        organizationHolding(incoming, internals),
    ),
  ),
  faultyServer(
    'authentication/open-forms',
    'LG-AUT-001',
    'takes forms from anybody',
    admit(
      (incoming, internals) =>
        incoming.token === undefined &&
        sendsForm(incoming) &&
        organizationHolding(incoming, internals),
    ),
  ),
  faultyServer(
    'authentication/open-unlinking',
    'LG-AUT-001',
    'lets anybody take a contact off a dossier',
    admit(
      (incoming, internals) =>
        incoming.token === undefined &&
        incoming.operation === 'unlinkDossierContact' &&
        organizationHolding(incoming, internals),
    ),
  ),
  faultyServer(
    'authentication/keyless-files',
    'LG-AUT-002',
    'reads no key where a file is uploaded',
    refuseWhen('unauthorized', ({ operation }) => operation === 'uploadDossierCv'),
  ),
  faultyServer(
    'authentication/newest-key-only',
    'LG-AUT-002',
    'ends the validity of a key when the organisation makes another',
    refuseWhen(
      'unauthorized',
      ({ key }, { state }) =>
        key !== undefined && [...state.keys.by('organization', key.organization_id)].at(-1) !== key,
    ),
  ),
  faultyServer(
    'authentication/key-cut-at-underscore',
    'LG-AUT-002',
    'takes what stands between the second and the third underscore for the secret part of a key',
    refuseWhen(
      'unauthorized',
      ({ token, key }) => key !== undefined && token !== undefined && token.split('_').length > 3,
    ),
  ),
  faultyServer(
    'authentication/last-character',
    'LG-AUT-005',
    'compares all of a key but its last character',
    confuseKeys((token, known) => token.slice(0, -1) === known.slice(0, -1)),
  ),
  faultyServer(
    'authentication/key-begins',
    'LG-AUT-005',
    'compares the first 16 characters of a key, by which it finds it',
    confuseKeys((token, known) => token.slice(0, 16) === known.slice(0, 16)),
  ),
  faultyServer(
    'authentication/letter-case',
    'LG-AUT-005',
    'compares keys without regard to letter case',
    confuseKeys((token, known) => token.toLowerCase() === known.toLowerCase()),
  ),
  faultyServer(
    'authentication/wildcard-for-all',
    'LG-AUT-005',
    'looks keys up by a pattern, in which a per cent sign stands for anything',
    confuseKeys((token, known) => token.includes(wildcard) && isLike(token, known)),
  ),
  faultyServer(
    'authentication/wildcard-for-one',
    'LG-AUT-005',
    'looks keys up by a pattern, in which an underscore stands for any character',
    confuseKeys((token, known) => !token.includes(wildcard) && isLike(token, known)),
  ),
  faultyServer(
    'authentication/test-keys',
    'LG-AUT-007',
    'lets keys for tests in, which begin with lg_test_',
    confuseKeys(
      (token, known) => token.startsWith('lg_test_') && token.slice(8) === known.slice(8),
    ),
  ),
  faultyServer(
    'authentication/bare-secret',
    'LG-AUT-007',
    'cuts the prefix off where there is one, and looks for the rest',
    confuseKeys((token, known) => `lg_live_${token}` === known),
  ),
];

const day = 86_400_000;

/** Faults in the expiry of API keys. */
export const expiryFaults: readonly FaultyServer[] = [
  faultyServer(
    'authentication/expired-reader',
    'LG-AUT-008',
    'lets expired keys read',
    admit(({ key, request }) => typeof key?.expires_at === 'number' && request.method === 'GET'),
  ),
  faultyServer(
    'authentication/expired-forms',
    'LG-AUT-008',
    'takes forms with keys that have expired',
    admit((incoming) => typeof incoming.key?.expires_at === 'number' && sendsForm(incoming)),
  ),
  faultyServer(
    'authentication/days-rounded-up',
    'LG-AUT-008',
    'counts the days of a key, rounded up, and lets it in for another one',
    admit(({ key }) => {
      const { expires_at: end = null } = key ?? {};
      return end !== null && Math.floor(Date.now() / day) <= Math.ceil(end / day) + 1;
    }),
  ),
  faultyServer(
    'authentication/expired-forbidden',
    'LG-AUT-008',
    'forbids what is asked with an expired key, as if a scope were missing',
    onIncoming((internals) => async ({ key, request }, fetch) => {
      const response = await fetch(request);
      return response.status === 401 && key ? refusalResponse(internals, 'forbidden') : response;
    }),
  ),
  faultyServer(
    'authentication/expiry-in-32-bits',
    'LG-AUT-002',
    'counts the milliseconds until a key expires in 32 bits',
    refuseWhen('unauthorized', ({ key }) => {
      const { expires_at: end = null } = key ?? {};
      return end !== null && end - Date.now() >= 2 ** 31;
    }),
  ),
  faultyServer(
    'authentication/nulls-first',
    'LG-AUT-009',
    'holds keys without an expiry for the oldest once the organisation has one with an expiry',
    refuseWhen('unauthorized', ({ key }, { state }) => {
      const all = key ? [...state.keys.by('organization', key.organization_id)] : [];
      return key?.expires_at === null && all.some((one) => one.expires_at !== null);
    }),
  ),
  faultyServer(
    'authentication/all-expire-together',
    'LG-AUT-009',
    'ends all keys of an organisation with the first that expires',
    refuseWhen('unauthorized', ({ key }, { state }) => {
      const all = key ? [...state.keys.by('organization', key.organization_id)] : [];
      return all.some(({ expires_at: end }) => end !== null && end <= Date.now());
    }),
  ),
];

/** Rewrites the keys that the control API returns. */
const rewriteIssuedKeys =
  (rewrite: (key: string) => string): Fault =>
  (fetch) =>
  async (request) => {
    const response = await fetch(request);
    if (!response.ok || !request.url.endsWith('/keys')) return response;
    const { data } = (await response.json()) as { data: { key: string } };
    const { status } = response;
    return Response.json({ data: { ...data, key: rewrite(data.key) } }, { status });
  };

/** Restores the keys in requests. */
const restoreSentKeys =
  (restore: (token: string) => string): Fault =>
  (fetch) =>
  (request) => {
    const headers = new Headers(request.headers);
    const token = /^Bearer +(\S+)$/.exec(headers.get('authorization') ?? '')?.[1];
    if (token !== undefined) headers.set('authorization', `Bearer ${restore(token)}`);
    return fetch(new Request(request, { headers }));
  };

/** Faults in the format of API keys. */
export const keyFormatFaults: readonly FaultyServer[] = [
  faultyServer(
    'authentication/keys-of-another-make',
    'LG-AUT-006',
    'gives out keys with another prefix than the documented one',
    ({ contract: { keyPrefix } }) => ({
      control: rewriteIssuedKeys((key) => key.replace(keyPrefix, 'key-')),
      wire: restoreSentKeys((token) => token.replace(/^key-/, keyPrefix)),
    }),
  ),
];

/** Looks for a key elsewhere if there is no Authorization header. */
const readKeyElsewhere = (find: (draft: MutableRequest) => unknown) =>
  onMutableRequest((draft) => {
    const key = draft.headers.has('authorization') ? undefined : find(draft);
    if (typeof key === 'string') draft.headers.set('authorization', `Bearer ${key}`);
  });

/** Takes the value of an Authorization header of another form as a bearer token. */
const readOtherHeaders = (find: (header: string) => string | undefined) =>
  onMutableRequest(({ headers }) => {
    const key = find(headers.get('authorization') ?? '');
    if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
  });

const fieldIn = ({ body = '' }: MutableRequest, name: string): unknown =>
  body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>)[name] : undefined;

const decode = (text: string): string => Buffer.from(text, 'base64').toString();

/** Keys that are accepted in a wrong place or form. */
export const keyLocationFaults: readonly FaultyServer[] = [
  onWire(
    'authentication/query-key',
    'LG-AUT-003',
    'takes the key from the query as well',
    readKeyElsewhere(({ url }) => url.searchParams.get('access_token')),
  ),
  onWire(
    'authentication/header-of-its-own',
    'LG-AUT-003',
    'takes the key from X-API-Key where something is to be deleted',
    readKeyElsewhere(({ headers, method }) => method === 'DELETE' && headers.get('x-api-key')),
  ),
  onWire(
    'authentication/cookie',
    'LG-AUT-003',
    'takes the key from a cookie, as its own pages send it',
    readKeyElsewhere(({ headers }) => /lg_live_[^;]+/.exec(headers.get('cookie') ?? '')?.[0]),
  ),
  onWire(
    'authentication/key-in-body',
    'LG-AUT-003',
    'takes the key from a field of a JSON body',
    readKeyElsewhere((draft) => fieldIn(draft, 'api_key')),
  ),
  onWire(
    'authentication/any-scheme',
    'LG-AUT-004',
    'takes the second word of the Authorization header, whatever the first is',
    readOtherHeaders((header) => /^\w+ (\S+)$/.exec(header)?.[1]),
  ),
  onWire(
    'authentication/no-scheme',
    'LG-AUT-004',
    'takes a key that stands alone in the Authorization header',
    readOtherHeaders((header) => /^lg_live_\S+$/.exec(header)?.[0]),
  ),
  onWire(
    'authentication/basic-password',
    'LG-AUT-004',
    'takes a key as the password of basic authentication',
    readOtherHeaders((header) => {
      const [, credentials] = /^Basic (\S+)$/.exec(header) ?? [];
      return credentials === undefined ? undefined : decode(credentials).split(':')[1];
    }),
  ),
];
