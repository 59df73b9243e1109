import createClient, { type Client as TypedClient } from 'openapi-fetch';
import type { Contract, OperationId } from '../../openapi/contract.ts';
import type { paths } from '../../openapi/generated/types.ts';
import { urlOf } from '../contract/operations.ts';
import type { Exchange, ExchangeOf } from './exchange.ts';
import type { Fetch } from './transport.ts';

/** A request as raw as a rule wants it. */
export interface RawRequest {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Added to, or in place of, the authorization of the client; null takes it away. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Sent as JSON, unless it is text, bytes or a form. */
  readonly body?: unknown;
}

/** Calls the target with one key. */
export interface Client {
  /** Sends what the types of the contract allow; gives the exchange of the answer. */
  readonly call: <Answer extends { response: Response }>(
    send: (api: TypedClient<paths>) => Promise<Answer>,
  ) => Promise<Exchange>;
  /** Sends whatever it is told, for the requests that types rule out. */
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
 * Answers without their bodies: the typed client would parse them and throw at what isn't JSON,
 * when it is for the rules to say what is wrong with it. The exchange has the body.
 */
const withoutBodies = ({
  fetch,
  exchangeOf,
}: ClientOptions): Pick<ClientOptions, 'fetch' | 'exchangeOf'> => {
  const exchanges = new WeakMap<Response, Exchange>();
  return {
    fetch: async (request) => {
      const response = await fetch(request);
      // The typed client need not know the status, and the constructor refuses some.
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
 * A form as the bytes that it is sent as. In one piece, since a server that refuses a form before
 * it has read it all may close the connection under a client that is still writing.
 */
const encodeForm = async (form: FormData): Promise<{ body: RawBody; type: string }> => {
  const printed = new Response(form);
  const type = printed.headers.get('content-type') ?? '';
  return { body: new Uint8Array(await printed.arrayBuffer()), type };
};
