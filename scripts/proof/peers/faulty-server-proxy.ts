import { planWithApi } from '../../../conformance/contract/operations.ts';
import { startFaultyProxy } from '../../../conformance/faults/proxy.ts';
import { createTransport, type Fetch } from '../../../conformance/http/transport.ts';
import { provisionByControl } from '../../../conformance/targets/control.ts';
import type { TargetOrganization } from '../../../conformance/targets/target.ts';
import { readContract } from '../../../openapi/contract.ts';
import type { FaultyServer } from '../faulty-servers/faulty-server.ts';
import { startFaultyServer } from '../faulty-servers/start.ts';
import type { Peer, PeerFindings } from './peer.ts';

/** One URL at which the servers of the fleet are met, one after the other. */
export interface FaultyServerProxy {
  /** The base URL of whichever server is shown. */
  readonly url: string;
  /** Starts a server with this fault, or an honest one, and shows it until it is closed. */
  readonly show: (fault: FaultyServer | undefined) => Promise<ShownServer>;
  readonly close: () => Promise<void>;
}

interface ShownServer {
  /** Where the server itself is, without what stands on the wire. */
  readonly ownUrl: string;
  readonly controlUrl: string;
  /** How many requests came by the front since it is shown. */
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

/**
 * Opens a front: what a fault does on the wire happens in an HTTP proxy, so that tools of others
 * meet it too, and they can keep one URL for all servers.
 */
export const openFaultyServerProxy = async (): Promise<FaultyServerProxy> => {
  const { pathname } = new URL(readContract().productionUrl);
  const transport = createTransport();
  // Nobody is behind it until a server is shown.
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

/** Shows a server at the front, with data in it, to a tool that knows nothing but HTTP. */
export const examineProxied = (
  front: FaultyServerProxy,
  find: (url: string, ground: TestData) => Promise<readonly string[]>,
): Peer['look'] => {
  const transport = createTransport();
  return async (fault) => {
    const shown = await front.show(fault);
    try {
      const ground = await createTestData(shown, transport);
      return await examine(shown, () => find(front.url, ground));
    } finally {
      await shown.close();
    }
  };
};

/**
 * Lets a tool look at a server that is shown, and counts what that costs even if it breaks down.
 *
 * @param whyEnded - tells of a tool that came to its end while it looked
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

/** What somebody who points a tool at the API knows, and writes into its configuration. */
export interface TestData {
  /** A key with all scopes, of an organisation that holds data. */
  readonly key: string;
  /** A key of the same organisation with the reading scopes. */
  readonly readOnlyKey: string;
  readonly member: string;
  /** A candidate flow beside the default one, and its two stages. */
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

/** What a tool gets for something that a server was too faulty to make. */
const unknownId = '00000000-0000-4000-8000-000000000000';

/** So many dossiers of each type are there. */
const each = 3;

/** Makes an organisation with data, past what the server's fault does on the wire. */
export const createTestData = async (
  { ownUrl, controlUrl }: Pick<ShownServer, 'ownUrl' | 'controlUrl'>,
  fetch: Fetch,
): Promise<TestData> => {
  const contract = readContract();
  const { scopes } = contract;
  const control = { url: controlUrl, fetch, now: Date.now, scopes, plan: planWithApi(contract) };
  const { organization } = await provisionByControl(control);
  const [own, other] = [await organization({}), await organization({})];
  const ask = requester(ownUrl, fetch);
  const create = async (...call: Parameters<typeof ask>) => (await ask(...call))[0] ?? unknownId;
  const key = await own.key({});
  const made = [];
  for (let index = 1; index <= each; index += 1) {
    const deal = { type: 'sales', name: `Deal ${index}`, company: 'Noordzee' };
    made.push(await create(key, '/dossiers', deal));
    await create(key, '/dossiers', { type: 'candidate', name: `Person ${index}`, role: 'Cook' });
  }
  const elsewhere = { type: 'sales', name: 'Elsewhere' };
  return {
    ...(await furnish(own, (flow) => ask(key, `/flows/${flow}/stages`))),
    key,
    readOnlyKey: await own.key({ scopes: scopes.filter((scope) => scope.endsWith(':read')) }),
    dossier: made[0] ?? unknownId,
    contact: await create(key, '/contacts', { full_name: 'Sanne Kok', email: 'sanne@kok.example' }),
    foreignDossier: await create(await other.key({}), '/dossiers', elsewhere),
  };
};

const furnish = async (
  organization: TargetOrganization,
  stagesOf: (flow: string) => Promise<readonly string[]>,
) => {
  const stages = [{ name: 'Letter' }, { name: 'Meeting' }];
  const { id: flow } = await organization.createFlow({ name: 'Spring', type: 'candidate', stages });
  const [member = unknownId] = organization.members;
  const [stage = unknownId, nextStage = unknownId] = await stagesOf(flow);
  return { member, flow, stage, nextStage };
};

/** Sends a draft, or reads without one; gives the ids in the answer, if the server is up to it. */
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
    const answer = (await response.json().catch(() => undefined)) as
      { data?: Identified | readonly Identified[] } | undefined;
    return [answer?.data ?? []].flat().flatMap(({ id }) => id ?? []);
  };

interface Identified {
  readonly id?: string;
}
