import type { Contract, OperationId } from '../../openapi/contract.ts';
import { urlOf } from '../contract/operations.ts';
import type { Exchange } from './exchange.ts';
import { encodeForm, Form } from './form.ts';
import type { HttpRequest } from './message.ts';

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
  /** Sends a request of an operation, valid or not. */
  readonly send: (operation: OperationId, request?: RawRequest) => Promise<Exchange>;
  /** Sends a request that may be of no operation; the path is below the base URL. */
  readonly sendTo: (method: string, path: string) => Promise<Exchange>;
}

export interface ClientOptions {
  readonly contract: Contract;
  readonly baseUrl: string;
  readonly exchange: (request: HttpRequest) => Promise<Exchange>;
}

/** @param key - undefined sends no authorization at all */
export const createClientFor = (
  { contract, baseUrl, exchange }: ClientOptions,
  key: string | undefined,
): Client => {
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return {
    send: async (id, request = {}) => {
      const operation = contract.operations[id];
      const { body, type } = encode(request.body);
      const url = urlOf(baseUrl, operation, request.path, request.query);
      const usual = { ...authorization, ...(type ? { 'content-type': type } : {}) };
      const headers = replaceHeaders(usual, request.headers);
      return exchange({ method: operation.method, url: new URL(url).href, headers, body });
    },
    sendTo: (method, path) =>
      exchange({ method, url: new URL(baseUrl + path).href, headers: authorization }),
  };
};

const replaceHeaders = (
  usual: Readonly<Record<string, string>>,
  wanted: RawRequest['headers'] = {},
): Record<string, string> => {
  const headers: Record<string, string> = { ...usual };
  for (const [name, value] of Object.entries(wanted)) {
    const key = name.toLowerCase();
    // A server sees no white space around a value.
    if (value !== null) headers[key] = value.trim();
    else Reflect.deleteProperty(headers, key);
  }
  return headers;
};

interface EncodedBody {
  readonly body?: Uint8Array;
  readonly type?: string;
}

const encode = (body: unknown): EncodedBody => {
  if (body === undefined) return {};
  if (body instanceof Form) return encodeForm(body);
  if (body instanceof Uint8Array) return { body };
  // The type of a text as `fetch` sends it.
  if (typeof body === 'string')
    return { body: Buffer.from(body), type: 'text/plain;charset=UTF-8' };
  return { body: Buffer.from(JSON.stringify(body)), type: 'application/json' };
};
