import createClient, { type Client as TypedClient } from 'openapi-fetch';
import type { Contract, OperationId } from '../../openapi/contract.ts';
import type { paths } from '../../openapi/generated/types.ts';
import { urlOf } from '../contract/operations.ts';
import type { Exchange, ExchangeOf } from './exchange.ts';
import type { Fetch } from './transport.ts';

/** A request that the types of the contract don't restrict. */
export interface RawRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Added to the headers of the client, or in their place; null removes one. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Sent as JSON, unless it is a string, bytes or a form. */
  readonly body?: unknown;
}

/** Calls the target with one key. */
export interface Client {
  /** Sends a request that the types of the contract allow. */
  readonly call: <Answer extends { response: Response }>(
    send: (api: TypedClient<paths>) => Promise<Answer>,
  ) => Promise<Exchange>;
  /** Sends any request, valid or not. */
  readonly send: (operation: OperationId, request?: RawRequest) => Promise<Exchange>;
}

export interface ClientOptions {
  readonly contract: Contract;
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly exchangeOf: ExchangeOf;
}

/** @param key - undefined sends no authorization at all */
export const createClientFor = (wire: ClientOptions, key: string | undefined): Client => {
  const { contract, baseUrl, fetch, exchangeOf } = wire;
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const { fetch: bareFetch, exchangeOf: exchangeOfBare } = withoutBodies(wire);
  const api = createClient<paths>({ baseUrl, fetch: bareFetch, headers: authorization });
  return {
    call: async (send) => exchangeOfBare((await send(api)).response),
    send: async (id, request = {}) => {
      const operation = contract.operations[id];
      const { body, type } = await encode(request.body);
      const headers = new Headers({ ...authorization, ...(type ? { 'content-type': type } : {}) });
      for (const [name, value] of Object.entries(request.headers ?? {})) {
        if (value === null) headers.delete(name);
        else headers.set(name, value);
      }
      const url = urlOf(baseUrl, operation, request.path, request.query);
      const init = { method: operation.method, headers };
      const raw = new Request(url, body === undefined ? init : { ...init, body });
      return exchangeOf(await fetch(raw));
    },
  };
};

/**
 * Hides response bodies from the typed client, which would throw at one that isn't JSON: the rules
 * check that. The exchange has the body.
 */
const withoutBodies = ({
  fetch,
  exchangeOf,
}: ClientOptions): Pick<ClientOptions, 'fetch' | 'exchangeOf'> => {
  const exchanges = new WeakMap<Response, Exchange>();
  return {
    fetch: async (request) => {
      const response = await fetch(request);
      // The typed client doesn't need the status, and the constructor refuses some.
      const bare = new Response(null, { headers: { 'content-length': '0' } });
      exchanges.set(bare, exchangeOf(response));
      return bare;
    },
    exchangeOf: (response) => {
      const exchange = exchanges.get(response);
      if (!exchange) throw new Error('This response did not come through the typed client.');
      return exchange;
    },
  };
};

type RawBody = string | Uint8Array<ArrayBuffer>;

const encode = async (body: unknown): Promise<{ body?: RawBody; type?: string }> => {
  if (body === undefined) return {};
  if (body instanceof FormData) return encodeForm(body);
  if (typeof body === 'string' || body instanceof Uint8Array) {
    return { body: body as RawBody };
  }
  return { body: JSON.stringify(body), type: 'application/json' };
};

/**
 * The bytes of a form. They are sent in one piece, since a server may refuse a form before it has
 * read all of it, and close the connection while the client is still writing.
 */
const encodeForm = async (form: FormData): Promise<{ body: RawBody; type: string }> => {
  const printed = new Response(form);
  const type = printed.headers.get('content-type') ?? '';
  return { body: new Uint8Array(await printed.arrayBuffer()), type };
};
