import type { Liar } from '../../../../conformance/rule.ts';
import type { OperationId } from '../../../../openapi/contract.ts';
import { hashKey } from '../../../../reference-server/http/api-key.ts';
import { bearerToken } from '../../../../reference-server/http/authenticate.ts';
import { answerRefusal } from '../../../../reference-server/http/answer.ts';
import { readErrorTable } from '../../../../reference-server/http/error-table.ts';
import { Refusal, type ErrorCode } from '../../../../reference-server/http/refusal.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import type { Key } from '../../../../reference-server/state/records.ts';
import type { Fault, Ground } from '../fault.ts';

type Bend = Fault['bend'];

/** A request, and what the server knows of who sent it. */
export interface Visit {
  readonly request: Request;
  readonly operation: OperationId | undefined;
  /** Of the Authorization header; undefined where that holds no bearer token. */
  readonly token: string | undefined;
  /** Undefined where there is none like that; it may have expired. */
  readonly key: Key | undefined;
  readonly organization: Organization | undefined;
  /** The scopes that the operation needs and the key hasn't. */
  readonly missing: readonly string[];
}

/** What goes on between a visit and the answer. */
export type Receive = (visit: Visit, fetch: Parameters<Liar>[0]) => Promise<Response>;

/** Deals with each request by who sent it. */
export const onVisit =
  (receive: (ground: Ground) => Receive): Bend =>
  (ground) => {
    const own = receive(ground);
    return {
      wire: (fetch, name) => (request) => own(visitOf(ground, request, name), fetch),
    };
  };

/**
 * Lets in whom the server would refuse, with every right in an organisation: `true` for the one
 * that the key belongs to.
 */
export const letPass = (
  choose: (visit: Visit, ground: Ground) => Organization | boolean | undefined,
): Bend =>
  onVisit((ground) => (visit, fetch) => {
    const chosen = choose(visit, ground);
    const organization = chosen === true ? visit.organization : chosen;
    return fetch(organization ? asInsider(ground, visit.request, organization) : visit.request);
  });

/** Refuses whom the server would let in. */
export const turnAway = (
  code: ErrorCode,
  when: (visit: Visit, ground: Ground) => boolean | Promise<boolean>,
): Bend =>
  onVisit(
    (ground) => async (visit, fetch) =>
      (await when(visit, ground)) ? refusalWith(ground, code) : fetch(visit.request),
  );

/** Refuses with this status as it should, but does all the same what was asked for. */
export const doThough = (
  status: number,
  when: (visit: Visit) => boolean,
  organizationFor: (visit: Visit, ground: Ground) => Organization | undefined = ({
    organization,
  }) => organization,
): Bend =>
  onVisit((ground) => async (visit, fetch) => {
    const again = visit.request.clone();
    const response = await fetch(visit.request);
    if (response.status !== status || !when(visit)) return response;
    const organization = organizationFor(visit, ground);
    if (organization) await fetch(asInsider(ground, again, organization));
    return response;
  });

/** The same request, sent by somebody who may do everything in this organisation. */
export const asInsider = (
  { state, contract }: Ground,
  request: Request,
  { id }: Organization,
): Request => {
  const key = `${contract.keyPrefix}insider-of-${id}`;
  const hash = hashKey(key);
  if (state.keys.by('hash', hash).length === 0) {
    const { scopes } = contract;
    state.transact(() => {
      state.keys.insert({ id: `of-${id}`, organization_id: id, hash, scopes, expires_at: null });
    });
  }
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${key}`);
  return new Request(request, { headers });
};

/** The organisation that holds what the path names, whoever asks; the latest if it names nothing. */
export const holderOf = (
  { request: { url } }: Visit,
  { state: { organizations } }: Ground,
): Organization | undefined => {
  const [, id = ''] = /\/(?:dossiers|contacts|flows)\/([^/?]+)/.exec(url) ?? [];
  const holds = ({ dossiers, contacts, flows }: Organization) =>
    dossiers.get(id) ?? contacts.get(id) ?? flows.get(id);
  const all = [...organizations.rows];
  return all.find(holds) ?? all.at(-1);
};

/** An answer that refuses, as the contract writes it. */
export const refusalWith = ({ contract }: Ground, code: ErrorCode): Response => {
  const refusal = new Refusal(code, 'That is not for you.');
  const { status, headers, body } = answerRefusal(readErrorTable(contract), refusal);
  return new Response(body, { status, headers: { ...headers } });
};

const visitOf = (
  { state, contract }: Ground,
  request: Request,
  name: Parameters<Liar>[1],
): Visit => {
  const operation = name(request.method, request.url);
  const token = bearerToken(request.headers.get('authorization') ?? undefined);
  const key = token === undefined ? undefined : state.keys.by('hash', hashKey(token)).at(0);
  const organization = key && state.organizations.get(key.organization_id);
  const needed = operation ? contract.operations[operation].scopes : [];
  const missing = needed.filter((scope) => !key?.scopes.includes(scope));
  return { request, operation, token, key, organization, missing };
};

/** Whether the request sends a form. */
export const sendsForm = ({ request }: Visit): boolean =>
  request.headers.get('content-type')?.includes('form-data') ?? false;

/** The text of a JSON body; empty for other bodies. */
export const jsonOf = async ({ request }: Visit): Promise<string> =>
  request.headers.get('content-type')?.includes('json') ? request.clone().text() : '';
