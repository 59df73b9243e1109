import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { readContract, type Schemas } from '../../openapi/contract.ts';
import { type Config, defaultConfig } from '../config.ts';
import { createServices, type Services } from '../runtime/services.ts';
import { type ServerParts, type RunningServer, startServer } from '../server.ts';
import { createState, type State } from '../state/state.ts';

export const contract = readContract();

/** A dossier with every field, as this server returns it. */
export type Dossier = Required<Schemas['DossierPatched']>;

interface Meta {
  readonly total: number;
  readonly page: number;
  readonly per_page: number;
}

/** A response; which fields of the body are present depends on the status. */
export interface Reply<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly data: Data;
    readonly meta: Meta;
    readonly error: { readonly code: string; readonly message: string };
  };
}

export interface RequestInput {
  readonly key?: string;
  readonly json?: unknown;
  readonly body?: RequestInit['body'];
  readonly headers?: Record<string, string>;
}

/** Sends one request over HTTP. */
export const send = async <Data = Dossier>(
  method: string,
  url: string,
  { key, json, body, headers }: RequestInput = {},
): Promise<Reply<Data>> => {
  const response = await fetch(url, {
    method,
    headers: {
      ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (text === '' ? undefined : JSON.parse(text)) as Reply<Data>['body'],
  };
};

/** An organisation with an API key that has all scopes. */
export interface TestOrganization {
  readonly id: string;
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly key: string;
}

/** The server of a test file, with the errors that it logs. */
export interface TestServer {
  readonly server: RunningServer;
  readonly state: State;
  readonly services: Services;
  /** The errors that the server logged; a test that expects some empties the list. */
  readonly loggedErrors: string[];
  /** Sends a request to the API; the path is below its base URL. */
  readonly call: <Data = Dossier>(
    method: string,
    path: string,
    input?: RequestInput,
  ) => Promise<Reply<Data>>;
  /** Sends a request to the control API. */
  readonly control: <Data = { id: string }>(
    method: string,
    path: string,
    json?: unknown,
  ) => Promise<Reply<Data>>;
  readonly organization: (start?: object) => Promise<TestOrganization>;
  readonly newKey: (organizationId: string, json: object) => Promise<string>;
}

const startTestServer = async (
  config: Partial<Config>,
  parts: ServerParts,
): Promise<TestServer> => {
  const loggedErrors: string[] = [];
  const logError = (line: string): void => void loggedErrors.push(line);
  const services: Services = { ...createServices(), ...parts.services, logError };
  const state = createState();
  const testConfig = { ...defaultConfig, port: 0, selfCheck: true, ...config };
  const server = await startServer(testConfig, { state, ...parts, services });
  const call: TestServer['call'] = (method, path, input) => send(method, server.url + path, input);
  const control: TestServer['control'] = (method, path, json) =>
    send(method, `${server.controlUrl ?? ''}${path}`, json === undefined ? {} : { json });
  const newKey: TestServer['newKey'] = async (organizationId, json) => {
    const path = `/organizations/${organizationId}/keys`;
    return (await control<{ key: string }>('POST', path, json)).body.data.key;
  };
  return {
    ...{ server, state, services, loggedErrors, call, control, newKey },
    organization: async (start = {}) => {
      const made = await control<TestOrganization>('POST', '/organizations', start);
      const { id, members } = made.body.data;
      return { id, members, key: await newKey(id, { scopes: contract.scopes }) };
    },
  };
};

/**
 * A server for the tests of a file, in self-check mode and without a database. A test fails when
 * the server logs an error: a response that breaks the contract, or an internal error.
 */
export const useTestServer = (
  config: Partial<Config> = {},
  parts: ServerParts = {},
): TestServer => {
  const api = {} as { -readonly [Key in keyof TestServer]: TestServer[Key] };
  beforeAll(async () => {
    Object.assign(api, await startTestServer(config, parts));
  });
  afterEach(() => {
    expect(api.loggedErrors).toEqual([]);
  });
  afterAll(async () => {
    await api.server.close();
  });
  return api;
};

/** Expects a refusal with this status and code. */
export const expectRefusal = (
  reply: Reply<unknown>,
  status: number,
  code: string,
  message?: string | RegExp,
): void => {
  expect([reply.status, reply.body.error.code]).toEqual([status, code]);
  expect(reply.headers.get('content-type')).toBe('application/json');
  if (message !== undefined) expect(reply.body.error.message).toMatch(message);
};

/** A file that starts like a PDF, with this many bytes. */
export const pdf = (size = 20): Blob => new Blob(['%PDF-1.7', new Uint8Array(size - 8)]);

/** A form with these text fields, and optionally a CV. */
export const form = (fields: Record<string, string>, cv?: Blob): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  if (cv) data.append('cv', cv, 'cv.pdf');
  return data;
};
