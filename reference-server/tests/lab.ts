import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { readContract, type Schemas } from '../../openapi/contract.ts';
import { type Config, defaultConfig } from '../config.ts';
import { createServices, type Services } from '../runtime/services.ts';
import { type ServerParts, type RunningServer, startServer } from '../server.ts';
import { createState, type State } from '../state/state.ts';

export const contract = readContract();

/** A dossier with every field, as this server answers it. */
export type Dossier = Required<Schemas['DossierPatched']>;

interface Meta {
  readonly total: number;
  readonly page: number;
  readonly per_page: number;
}

/** What came back; which of the members of the body are there depends on the status. */
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

export interface Sending {
  readonly key?: string;
  readonly json?: unknown;
  readonly body?: RequestInit['body'];
  readonly headers?: Record<string, string>;
}

/** Sends one request over HTTP. */
export const send = async <Data = Dossier>(
  method: string,
  url: string,
  { key, json, body, headers }: Sending = {},
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

/** An organisation with a key that may do everything. */
export interface TestOrganization {
  readonly id: string;
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly key: string;
}

/** A server of a test's own, which is watched for complaints. */
export interface Lab {
  readonly server: RunningServer;
  readonly state: State;
  readonly services: Services;
  /** What the server complained of; a test that expects complaints empties it. */
  readonly complaints: string[];
  /** Sends a request to the API; the path is below its base URL. */
  readonly call: <Data = Dossier>(
    method: string,
    path: string,
    sending?: Sending,
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

const startLab = async (config: Partial<Config>, parts: ServerParts): Promise<Lab> => {
  const complaints: string[] = [];
  const logError = (line: string): void => void complaints.push(line);
  const services: Services = { ...createServices(), ...parts.services, logError };
  const state = createState();
  const settings = { ...defaultConfig, port: 0, selfCheck: true, ...config };
  const server = await startServer(settings, { state, ...parts, services });
  const call: Lab['call'] = (method, path, sending) => send(method, server.url + path, sending);
  const control: Lab['control'] = (method, path, json) =>
    send(method, `${server.controlUrl ?? ''}${path}`, json === undefined ? {} : { json });
  const newKey: Lab['newKey'] = async (organizationId, json) => {
    const path = `/organizations/${organizationId}/keys`;
    return (await control<{ key: string }>('POST', path, json)).body.data.key;
  };
  return {
    ...{ server, state, services, complaints, call, control, newKey },
    organization: async (start = {}) => {
      const made = await control<TestOrganization>('POST', '/organizations', start);
      const { id, members } = made.body.data;
      return { id, members, key: await newKey(id, { scopes: contract.scopes }) };
    },
  };
};

/**
 * A server for the tests of a file, in self-check mode and without a database. A test fails when the
 * server complains: of an answer that breaks the contract, or of a fault of its own.
 */
export const useLab = (config: Partial<Config> = {}, parts: ServerParts = {}): Lab => {
  const lab = {} as { -readonly [Key in keyof Lab]: Lab[Key] };
  beforeAll(async () => {
    Object.assign(lab, await startLab(config, parts));
  });
  afterEach(() => {
    expect(lab.complaints).toEqual([]);
  });
  afterAll(async () => {
    await lab.server.close();
  });
  return lab;
};

/** Expects a refusal with this code, and the status that goes with it. */
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

/** A file that is a PDF by its first bytes, of so many bytes. */
export const pdf = (size = 20): Blob => new Blob(['%PDF-1.7', new Uint8Array(size - 8)]);

/** A form with these text fields, and perhaps a CV. */
export const form = (fields: Record<string, string>, cv?: Blob): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  if (cv) data.append('cv', cv, 'cv.pdf');
  return data;
};
