import { planWithApi } from '../../../conformance/contract/operations.ts';
import { startFaultyProxy } from '../../../conformance/faults/faulty-proxy.ts';
import { createTransport } from '../../../conformance/http/transport.ts';
import { asFetch, type Fetch } from '../../../conformance/http/web-classes.ts';
import { provisionByControl } from '../../../conformance/targets/control.ts';
import type { TargetOrganization } from '../../../conformance/targets/target.ts';
import { readContract } from '../../../openapi/contract.ts';
import type { FaultyServer } from '../faulty-servers/faulty-server.ts';
import { startFaultyServer } from '../faulty-servers/start.ts';
import type { Peer, PeerFindings } from './peer.ts';

/** One URL for all faulty servers, one after the other. */
export interface FaultyServerProxy {
  /** The base URL of the present server. */
  readonly url: string;
  /** Starts a server with this fault, or the unmodified server, behind the proxy. */
  readonly show: (fault: FaultyServer | undefined) => Promise<ShownServer>;
  readonly close: () => Promise<void>;
}

interface ShownServer {
  /** The server itself, without the faults on the wire. */
  readonly ownUrl: string;
  readonly controlUrl: string;
  /** How many requests the proxy has passed on to it. */
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

/** Opens an HTTP proxy that injects the faults on the wire, so that other tools see them too. */
export const openFaultyServerProxy = async (): Promise<FaultyServerProxy> => {
  const { pathname } = new URL(readContract().productionUrl);
  const transport = asFetch(createTransport());
  // There is no server behind it yet.
  const proxy = await startFaultyProxy(`http://127.0.0.1${pathname}`, (one) => transport(one));
  return {
    url: proxy.url,
    show: async (fault) => {
      const { url: ownUrl, controlUrl, wire, close } = await startFaultyServer(fault);
      proxy.forwardTo(ownUrl, wire);
      const before = proxy.forwardedCount();
      return { ownUrl, controlUrl, requests: () => proxy.forwardedCount() - before, close };
    },
    close: proxy.close,
  };
};

/** How a tool that only knows HTTP runs: against the proxy, with data in the server behind it. */
export const examineProxied = (
  proxy: FaultyServerProxy,
  find: (url: string, data: TestData) => Promise<readonly string[]>,
): Peer['run'] => {
  const transport = asFetch(createTransport());
  return async (fault) => {
    const shown = await proxy.show(fault);
    try {
      const data = await createTestData(shown, transport);
      return await examine(shown, () => find(proxy.url, data));
    } finally {
      await shown.close();
    }
  };
};

/**
 * Runs a tool, and measures what that costs even if it breaks down.
 *
 * @param whyEnded - returns why the tool exited during the run, if it did
 */
export const examine = async (
  shown: Pick<ShownServer, 'requests'>,
  find: () => Promise<readonly string[]>,
  whyEnded: () => string | undefined = () => undefined,
): Promise<PeerFindings> => {
  const start = performance.now();
  const cost = () => ({ requests: shown.requests(), milliseconds: performance.now() - start });
  try {
    const findings = await find();
    const brokeDown = whyEnded();
    return { findings, ...cost(), ...(brokeDown !== undefined && { brokeDown }) };
  } catch (error) {
    return { findings: [], ...cost(), brokeDown: String(error) };
  }
};

/** What a user of the API writes into the configuration of a tool. */
export interface TestData {
  /** An API key with all scopes, of an organisation with data. */
  readonly key: string;
  /** An API key of the same organisation with the read scopes. */
  readonly readOnlyKey: string;
  readonly member: string;
  /** A candidate flow besides the default one, and its two stages. */
  readonly flow: string;
  readonly stage: string;
  readonly nextStage: string;
  /** A dossier of the organisation, with its contact. */
  readonly dossier: string;
  /** A contact of the organisation, on no dossier. */
  readonly contact: string;
  /** A dossier of another organisation. */
  readonly foreignDossier: string;
}

/** In place of the id of something that a faulty server didn't create. */
const unknownId = '00000000-0000-4000-8000-000000000000';

const dossiersOfEachType = 3;

/** Creates an organisation with data, without the faults on the wire. */
export const createTestData = async (
  { ownUrl, controlUrl }: Pick<ShownServer, 'ownUrl' | 'controlUrl'>,
  fetch: Fetch,
): Promise<TestData> => {
  const contract = readContract();
  const { scopes } = contract;
  const control = { url: controlUrl, fetch, now: Date.now, scopes, plan: planWithApi(contract) };
  const { organization } = await provisionByControl(control);
  const [own, other] = [await organization({}), await organization({})];
  const request = requester(ownUrl, fetch);
  const create = async (...call: Parameters<typeof request>) =>
    (await request(...call))[0] ?? unknownId;
  const key = await own.key({});
  const dossiers = [];
  for (let index = 1; index <= dossiersOfEachType; index += 1) {
    const deal = { type: 'sales', name: `Deal ${index}`, company: 'Noordzee' };
    dossiers.push(await create(key, '/dossiers', deal));
    await create(key, '/dossiers', { type: 'candidate', name: `Person ${index}`, role: 'Cook' });
  }
  const elsewhere = { type: 'sales', name: 'Elsewhere' };
  return {
    ...(await createFlowData(own, (flow) => request(key, `/flows/${flow}/stages`))),
    key,
    readOnlyKey: await own.key({ scopes: scopes.filter((scope) => scope.endsWith(':read')) }),
    dossier: dossiers[0] ?? unknownId,
    contact: await create(key, '/contacts', { full_name: 'Sanne Kok', email: 'sanne@kok.example' }),
    foreignDossier: await create(await other.key({}), '/dossiers', elsewhere),
  };
};

const createFlowData = async (
  organization: TargetOrganization,
  stagesOf: (flow: string) => Promise<readonly string[]>,
) => {
  const stages = [{ name: 'Letter' }, { name: 'Meeting' }];
  const { id: flow } = await organization.createFlow({ name: 'Spring', type: 'candidate', stages });
  const [member = unknownId] = organization.members;
  const [stage = unknownId, nextStage = unknownId] = await stagesOf(flow);
  return { member, flow, stage, nextStage };
};

/** POSTs a draft, or GETs without one; returns the ids in the response, if there are any. */
const requester =
  (url: string, fetch: Fetch) =>
  async (
    key: string,
    path: string,
    draft?: Readonly<Record<string, string>>,
  ): Promise<string[]> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const sent = draft && { method: 'POST', body: JSON.stringify(draft) };
    const response = await fetch(new Request(url + path, { headers, ...sent }));
    const body = (await response.json().catch(() => undefined)) as
      { data?: Identified | readonly Identified[] } | undefined;
    return [body?.data ?? []].flat().flatMap(({ id }) => id ?? []);
  };

interface Identified {
  readonly id?: string;
}
