import createClient from 'openapi-fetch';
import type { paths } from '../../openapi/generated/control.ts';
import { brokenDown, messageOf } from '../breakdown.ts';
import type {
  Capability,
  KeyWish,
  OrganizationWish,
  Target,
  TargetOrganization,
} from './target.ts';

type ControlClient = ReturnType<typeof createClient<paths>>;

/** What of the control API each capability stands on. */
const foundations: Readonly<Record<Capability, readonly string[]>> = {
  'scoped-keys': ['createOrganization', 'createKey'],
  'expired-key': ['createOrganization', 'createKey'],
  'expiring-keys': ['createOrganization', 'createKey', 'getClock'],
  'free-plan': ['createOrganization', 'createKey'],
  'pro-plan': ['createOrganization', 'createKey'],
  'second-organization': ['createOrganization', 'createKey'],
  'fresh-organizations': ['createOrganization', 'createKey'],
  flows: ['createFlow'],
  members: ['createOrganization'],
  'rate-limit': ['setRateLimit'],
};

export interface ControlOptions {
  /** The base URL of the control API. */
  readonly url: string;
  readonly token?: string;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** All scopes of the contract, for keys without a wish. */
  readonly scopes: readonly string[];
  /** A plan of the contract with API access. */
  readonly plan: string;
}

/**
 * The part of a target that its control API provides: an organisation for each property run, and
 * keys of any kind.
 *
 * @throws Breakdown when the control API doesn't answer as its contract says
 */
export const provisionByControl = async (
  options: ControlOptions,
): Promise<Pick<Target, 'offers' | 'organization' | 'intention'>> => {
  const { url: baseUrl, token, fetch } = options;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const api = createClient<paths>({ baseUrl, fetch, headers });
  const { data } = await answered(baseUrl, api.GET('/capabilities'));
  const offered = Object.entries(foundations)
    .filter(([, operations]) => operations.every((one) => data.operations.includes(one)))
    .map(([capability]) => capability as Capability);
  return {
    intention: 'Organisations are created there, and deleted afterwards.',
    offers: new Set(offered),
    organization: (wish) => provision(api, wish, options),
  };
};

const provision = async (
  api: ControlClient,
  { plan }: OrganizationWish,
  options: ControlOptions,
): Promise<TargetOrganization> => {
  const { url, scopes } = options;
  const body = { name: 'Conformance', plan: plan ?? options.plan };
  const { data } = await answered(url, api.POST('/organizations', { body }));
  const params = { path: { organization_id: data.id } };
  return {
    members: data.members.map((member) => member.id),
    key: async (wish) => {
      const expires_at = await expiryOf(api, wish, options);
      const draft = { scopes: [...(wish.scopes ?? scopes)], expires_at };
      const made = api.POST('/organizations/{organization_id}/keys', { params, body: draft });
      return (await answered(url, made)).data.key;
    },
    createFlow: async (draft) => {
      const flow = { ...draft, is_default: draft.is_default ?? false } as FlowBody;
      const made = api.POST('/organizations/{organization_id}/flows', { params, body: flow });
      return (await answered(url, made)).data;
    },
    setRateLimit: async (requests, window_seconds) => {
      const limit = { requests, window_seconds };
      const path = '/organizations/{organization_id}/rate-limit';
      expectDone(url, await api.PUT(path, { params, body: limit }));
    },
    release: async () => {
      const { response } = await api.DELETE('/organizations/{organization_id}', { params });
      return response.ok;
    },
  };
};

/** So long ago that a key is expired even where it holds until the end of the day (LG-AUT-010). */
const longAgo = 2 * 86_400_000;

const expiryOf = async (
  api: ControlClient,
  { expired, expiresIn }: KeyWish,
  { url, now }: ControlOptions,
): Promise<string | null> => {
  if (expired) return new Date(now() - longAgo).toISOString();
  if (expiresIn === undefined) return null;
  const { data } = await answered(url, api.GET('/clock'));
  return new Date(Date.parse(data.now) + expiresIn * 1000).toISOString();
};

type FlowBody =
  paths['/organizations/{organization_id}/flows']['post']['requestBody']['content']['application/json'];

const expectDone = (url: string, { response }: { response: Response }): void => {
  if (response.ok) return;
  throw brokenDown(`The control API at ${url} answered ${String(response.status)} to a setting.`);
};

const answered = async <Data>(
  url: string,
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> => {
  const next = 'Check --control, and LEADGRID_CONTROL_TOKEN if it asks for a token.';
  const { data, response } = await answer.catch((thrown: unknown) => {
    throw brokenDown(`The control API at ${url} can't be reached: ${messageOf(thrown)}. ${next}`);
  });
  if (data !== undefined) return data;
  const { pathname } = new URL(response.url || url);
  throw brokenDown(
    `The control API at ${url} answered ${String(response.status)} to ${pathname}. ${next}`,
  );
};
