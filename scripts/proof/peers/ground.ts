import { provisionByControl } from '../../../conformance/targets/control.ts';
import type { TargetOrganization } from '../../../conformance/targets/target.ts';
import type { Fetch } from '../../../conformance/world/fetch.ts';
import { planWithApi } from '../../../conformance/world/plans.ts';
import { readContract } from '../../../openapi/contract.ts';
import type { ShownServer } from '../fleet/front.ts';

/** What somebody who points a tool at the API knows, and writes into its configuration. */
export interface Ground {
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
export const makeGround = async (
  { ownUrl, controlUrl }: Pick<ShownServer, 'ownUrl' | 'controlUrl'>,
  fetch: Fetch,
): Promise<Ground> => {
  const contract = readContract();
  const { scopes } = contract;
  const control = { url: controlUrl, fetch, now: Date.now, scopes, plan: planWithApi(contract) };
  const { organization } = await provisionByControl(control);
  const [own, other] = [await organization({}), await organization({})];
  const ask = asker(ownUrl, fetch);
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
const asker =
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
