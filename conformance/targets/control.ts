import createClient from 'openapi-fetch';
import type { paths } from '../../openapi/generated/control.ts';
import { messageOf, ProvisionError, usageError } from '../errors.ts';
import { type Expectation, expectReturned } from './returned.ts';
import type {
  Capability,
  FlowDraft,
  KeyOptions,
  OrganizationOptions,
  Target,
  TargetOrganization,
} from './target.ts';

/** The operations of the control API that each capability requires. */
const requiredOperations: Readonly<Record<Capability, readonly string[]>> = {
  'scoped-keys': ['createOrganization', 'createKey'],
  'expired-key': ['createOrganization', 'createKey'],
  'expiring-keys': ['createOrganization', 'createKey', 'getClock'],
  'free-plan': ['createOrganization', 'createKey'],
  'pro-plan': ['createOrganization', 'createKey'],
  'second-organization': ['createOrganization', 'createKey'],
  'fresh-organizations': ['createOrganization', 'createKey'],
  flows: ['createFlow'],
  members: ['createOrganization'],
  'more-members': ['createMember'],
  'rate-limit': ['setRateLimit'],
  'spendable-rate-limit': ['createOrganization', 'setRateLimit'],
  'talent-pool': ['setPoolWindow', 'getClock'],
  'plan-change': ['changePlan'],
  faults: ['failNext'],
  webhooks: ['createWebhookEndpoint'],
  'own-endpoints': ['createWebhookEndpoint'],
};

/**
 * The part of a target that its control API provides: a new organisation whenever a rule asks for
 * one, and keys of any kind.
 *
 * @throws ProvisionError when the control API doesn't respond as documented
 * @throws Breakdown when it can't create organisations and keys
 */
export const provisionByControl = async (
  options: ControlOptions,
): Promise<Pick<Target, 'offers' | 'organization' | 'intention'>> => {
  const { url: baseUrl, token, fetch } = options;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const api = createClient<paths>({ baseUrl, fetch, headers });
  const { data } = await dataOfResponse(baseUrl, api.GET('/capabilities'));
  const known: unknown = data?.operations;
  if (!Array.isArray(known)) throw malformed(baseUrl, '/capabilities', 'data.operations, a list');
  const offered = Object.entries(requiredOperations)
    .filter(([, operations]) => operations.every((one) => known.includes(one)))
    .map(([capability]) => capability as Capability);
  if (!offered.includes('fresh-organizations')) {
    throw usageError(
      `The control API at ${baseUrl} can't create organisations and keys, which the suite needs. ` +
        'Remove --control and set LEADGRID_KEY.',
    );
  }
  return {
    intention: 'Organisations are created there, and deleted afterwards.',
    offers: new Set(offered),
    organization: (wanted) => createControlledOrganization(api, wanted, options),
  };
};

type ControlClient = ReturnType<typeof createClient<paths>>;

interface ControlOptions {
  /** The base URL of the control API. */
  readonly url: string;
  readonly token?: string;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** All scopes of the contract, the default for keys. */
  readonly scopes: readonly string[];
  /** A plan of the contract with API access. */
  readonly plan: string;
}

/** Creates an organisation. */
const createControlledOrganization = async (
  api: ControlClient,
  { plan }: OrganizationOptions,
  options: ControlOptions,
): Promise<TargetOrganization> => {
  const { url } = options;
  const body = { name: 'Conformance', plan: plan ?? options.plan };
  const { data } = await dataOfResponse(url, api.POST('/organizations', { body }));
  const what = `The control API at ${url}, as`;
  const id = expectReturned('id', data?.id, `${what} the id of a new organisation,`);
  const params = { path: { organization_id: id } };
  const members: unknown = data?.members;
  const ids: unknown = Array.isArray(members)
    ? members.map((one: { readonly id?: unknown } | null) => one?.id)
    : members;
  const none = Array.isArray(ids) && ids.length === 0;
  if (!none) expectReturned('ids', ids, `${what} the members of a new organisation,`);
  return {
    members: ids as string[],
    ...creationsIn(api, params, options),
    ...settingsOf(api, params, options),
    release: async () => {
      const { response } = await api
        .DELETE('/organizations/{organization_id}', { params })
        .catch((thrown: unknown) => {
          throw unreached(url, thrown);
        });
      return response.ok;
    },
  };
};

interface Params {
  readonly path: { readonly organization_id: string };
}

const nouns: Readonly<Partial<Record<Expectation, string>>> = {
  ...{ key: 'a new key', id: 'the id of a new member', flow: 'a new flow' },
  endpoint: 'a new webhook endpoint',
};

const creationsIn = (api: ControlClient, params: Params, options: ControlOptions) => {
  const { url, scopes } = options;
  const returned = <Value>(expected: Expectation, value: Value): NonNullable<Value> =>
    expectReturned(expected, value, `The control API at ${url}, as ${nouns[expected] ?? ''},`);
  return {
    key: async (wanted: KeyOptions) => {
      const expires_at = await expiryOf(api, wanted, options);
      const draft = { scopes: [...(wanted.scopes ?? scopes)], expires_at };
      const made = api.POST('/organizations/{organization_id}/keys', { params, body: draft });
      return returned('key', (await dataOfResponse(url, made)).data?.key);
    },
    createMember: async (name: string) => {
      const made = api.POST('/organizations/{organization_id}/members', { params, body: { name } });
      return returned('id', (await dataOfResponse(url, made)).data?.id);
    },
    createFlow: async (draft: FlowDraft) => {
      const flow = { ...draft, is_default: draft.is_default ?? false } as FlowBody;
      const made = api.POST('/organizations/{organization_id}/flows', { params, body: flow });
      return returned('flow', (await dataOfResponse(url, made)).data);
    },
    createEndpoint: async (address: string) => {
      const path = '/organizations/{organization_id}/webhook-endpoints';
      const made = api.POST(path, { params, body: { url: address } });
      return returned('endpoint', (await dataOfResponse(url, made)).data);
    },
  } satisfies Partial<TargetOrganization>;
};

const settingsOf = (api: ControlClient, params: Params, { url }: ControlOptions) =>
  ({
    setRateLimit: async (requests: number, window_seconds: number) => {
      const limit = { requests, window_seconds };
      const path = '/organizations/{organization_id}/rate-limit';
      await expectDone(url, 'the rate limit', api.PUT(path, { params, body: limit }));
    },
    setPoolWindow: async (contact_id: string, secondsFromNow: number | null) => {
      const until = secondsFromNow === null ? null : await momentOf(api, secondsFromNow, url);
      const path = '/organizations/{organization_id}/contacts/{contact_id}/pool';
      const inPath = { path: { ...params.path, contact_id } };
      await expectDone(
        url,
        'the talent pool window',
        api.PUT(path, { params: inPath, body: { until } }),
      );
    },
    changePlan: async (next) => {
      const path = '/organizations/{organization_id}/plan';
      await expectDone(url, 'the plan', api.PUT(path, { params, body: { plan: next } }));
    },
    failNext: async (next) => {
      const path = '/organizations/{organization_id}/failures';
      await expectDone(url, 'the next failure', api.POST(path, { params, body: { next } }));
    },
  }) satisfies Partial<TargetOrganization>;

/** Two days: a key may be valid until the end of the day on which it expires (LG-AUT-010). */
const longAgo = 2 * 86_400_000;

const expiryOf = async (
  api: ControlClient,
  { expired, expiresIn }: KeyOptions,
  { url, now }: ControlOptions,
): Promise<string | null> => {
  if (expired) {
    // The clock of the target may differ from this one; not every control API has /clock.
    const { data: clock } = await api.GET('/clock').catch(() => ({ data: undefined }));
    return new Date((clock ? Date.parse(clock.data.now) : now()) - longAgo).toISOString();
  }
  if (expiresIn === undefined) return null;
  return momentOf(api, expiresIn, url);
};

/** The time in so many seconds, by the clock of the target. */
const momentOf = async (api: ControlClient, seconds: number, url: string): Promise<string> => {
  const { data } = await dataOfResponse(url, api.GET('/clock'));
  const now = Date.parse(String(data?.now));
  if (Number.isNaN(now)) throw malformed(url, '/clock', 'data.now, a time');
  return new Date(now + seconds * 1000).toISOString();
};

type FlowBody =
  paths['/organizations/{organization_id}/flows']['post']['requestBody']['content']['application/json'];

/** @throws ProvisionError when the control API refuses a setting, such as `the plan` */
const expectDone = async (
  url: string,
  setting: string,
  answer: Promise<{ response: Response }>,
): Promise<void> => {
  const { response } = await answer.catch((thrown: unknown) => {
    throw unreached(url, thrown);
  });
  if (response.ok) return;
  throw new ProvisionError(
    `The control API at ${url} returned ${String(response.status)} when ${setting} was set. ` +
      'Look at the log of the target.',
  );
};

const next = 'Check --control, and LEADGRID_CONTROL_TOKEN if it asks for a token.';

/**
 * The body of a successful response.
 *
 * @throws ProvisionError when the control API returns an error or something else than JSON, or doesn't
 *   respond
 */
const dataOfResponse = async <Data>(
  url: string,
  answer: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Partial<Data>> => {
  const { data, response } = await answer.catch((thrown: unknown) => {
    throw unreached(url, thrown);
  });
  if (data !== undefined && data !== null) return data;
  const { pathname } = new URL(response.url || url);
  if (response.ok) throw malformed(url, pathname, 'a body in JSON');
  throw new ProvisionError(
    `The control API at ${url} returned ${String(response.status)} for ${pathname}. ${next}`,
  );
};

const unreached = (url: string, thrown: unknown): ProvisionError => {
  if (thrown instanceof ProvisionError) return thrown;
  if (thrown instanceof Error && thrown.name === 'TimeoutError') {
    return new ProvisionError(
      `The control API at ${url} didn't answer in time. Look at the log of the target, or raise --timeout.`,
    );
  }
  if (thrown instanceof SyntaxError) {
    return new ProvisionError(
      `The control API at ${url} answers something else than JSON. ${next}`,
    );
  }
  return new ProvisionError(
    `The control API at ${url} can't be reached: ${messageOf(thrown)}. ${next}`,
  );
};

const malformed = (url: string, path: string, wanted: string): ProvisionError =>
  new ProvisionError(`The control API at ${url} answers ${path} without ${wanted}. ${next}`);
