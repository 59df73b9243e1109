import { type Fault, onMutableRequest } from '../../../../conformance/faults/inject.ts';
import type { OperationId } from '../../../../openapi/contract.ts';
import { bearerToken, hashKey } from '../../../../reference-server/http/access.ts';
import {
  type ErrorCode,
  readErrorTable,
  Refusal,
} from '../../../../reference-server/http/refusals.ts';
import { refusalToResponse } from '../../../../reference-server/http/response.ts';
import type { Organization } from '../../../../reference-server/state/organization.ts';
import type { Key } from '../../../../reference-server/state/records.ts';
import type { FaultyServer, ServerInternals } from '../faulty-server.ts';

type Inject = FaultyServer['inject'];

/** A request, and what the server knows of who sent it. */
export interface IncomingRequest {
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
export type HandleRequest = (
  incoming: IncomingRequest,
  fetch: Parameters<Fault>[0],
) => Promise<Response>;

/** Deals with each request by who sent it. */
export const onIncoming =
  (receive: (internals: ServerInternals) => HandleRequest): Inject =>
  (internals) => {
    const own = receive(internals);
    return {
      wire: (fetch, name) => (request) => own(identifySender(internals, request, name), fetch),
    };
  };

/**
 * Lets in whom the server would refuse, with every right in an organisation: `true` for the one
 * that the key belongs to.
 */
export const admit = (
  choose: (
    incoming: IncomingRequest,
    internals: ServerInternals,
  ) => Organization | boolean | undefined,
): Inject =>
  onIncoming((internals) => (incoming, fetch) => {
    const chosen = choose(incoming, internals);
    const organization = chosen === true ? incoming.organization : chosen;
    return fetch(
      organization ? withFullAccess(internals, incoming.request, organization) : incoming.request,
    );
  });

/** Refuses whom the server would let in. */
export const refuseWhen = (
  code: ErrorCode,
  when: (incoming: IncomingRequest, internals: ServerInternals) => boolean | Promise<boolean>,
): Inject =>
  onIncoming(
    (internals) => async (incoming, fetch) =>
      (await when(incoming, internals))
        ? refusalResponse(internals, code)
        : fetch(incoming.request),
  );

/** Refuses with this status as it should, but does all the same what was asked for. */
export const executeDespite = (
  status: number,
  when: (incoming: IncomingRequest) => boolean,
  organizationFor: (
    incoming: IncomingRequest,
    internals: ServerInternals,
  ) => Organization | undefined = ({ organization }) => organization,
): Inject =>
  onIncoming((internals) => async (incoming, fetch) => {
    const again = incoming.request.clone();
    const response = await fetch(incoming.request);
    if (response.status !== status || !when(incoming)) return response;
    const organization = organizationFor(incoming, internals);
    if (organization) await fetch(withFullAccess(internals, again, organization));
    return response;
  });

/** The same request, sent by somebody who may do everything in this organisation. */
export const withFullAccess = (
  { state, contract }: ServerInternals,
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

/** The organisation with the resource that the path names; the latest one if it names none. */
export const organizationHolding = (
  { request: { url } }: IncomingRequest,
  { state: { organizations } }: ServerInternals,
): Organization | undefined => {
  const [, id = ''] = /\/(?:dossiers|contacts|flows)\/([^/?]+)/.exec(url) ?? [];
  const holds = ({ dossiers, contacts, flows }: Organization) =>
    dossiers.get(id) ?? contacts.get(id) ?? flows.get(id);
  const all = [...organizations.rows];
  return all.find(holds) ?? all.at(-1);
};

/** A refusal with the status, headers and body of the contract. */
export const refusalResponse = ({ contract }: ServerInternals, code: ErrorCode): Response => {
  const refusal = new Refusal(code, 'That is not for you.');
  const { status, headers, body } = refusalToResponse(readErrorTable(contract), refusal);
  return new Response(body, { status, headers: { ...headers } });
};

const identifySender = (
  { state, contract }: ServerInternals,
  request: Request,
  name: Parameters<Fault>[1],
): IncomingRequest => {
  const operation = name(request.method, request.url);
  const token = bearerToken(request.headers.get('authorization') ?? undefined);
  const key = token === undefined ? undefined : state.keys.by('hash', hashKey(token)).at(0);
  const organization = key && state.organizations.get(key.organization_id);
  const needed = operation ? contract.operations[operation].scopes : [];
  const missing = needed.filter((scope) => !key?.scopes.includes(scope));
  return { request, operation, token, key, organization, missing };
};

/** Whether the request sends a form. */
export const sendsForm = ({ request }: IncomingRequest): boolean =>
  request.headers.get('content-type')?.includes('form-data') ?? false;

/** The text of a JSON body; empty for other bodies. */
export const jsonText = async ({ request }: IncomingRequest): Promise<string> =>
  request.headers.get('content-type')?.includes('json') ? request.clone().text() : '';

/** Changes the text of JSON bodies; files and forms don't change. */
export const changeJson =
  (misread: (json: string) => string): Fault =>
  (fetch, name) => {
    const injection = onMutableRequest((draft) => {
      if (draft.body !== undefined) draft.body = misread(draft.body);
    })(fetch, name);
    return (request, signal) =>
      request.headers.get('content-type')?.includes('json')
        ? injection(request, signal)
        : fetch(request, signal);
  };
