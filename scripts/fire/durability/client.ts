import { settingsAt } from '../harness/organizations.ts';
import type { ServerProcess } from '../harness/server-process.ts';

/** The `data` of a response. */
export type Data = Readonly<Record<string, unknown>>;

/** A page of a list. */
interface Page {
  readonly data: readonly Data[];
  readonly meta: { readonly total: number };
}

/** The request of a write. */
export interface Sending {
  readonly method: string;
  readonly path: string;
  readonly json?: object;
  readonly form?: FormData;
}

/** The server ended before it responded: the write may be kept or absent. */
export class Unanswered extends Error {}

/** A client with an organisation of its own. */
export interface Client {
  readonly organizationId: string;
  /** Returns the `data` of the response. Throws Unanswered, or an Error if it is a refusal. */
  readonly send: (server: ServerProcess, sending: Sending) => Promise<Data>;
  /** All items of a list. */
  readonly list: (server: ServerProcess, path: string) => Promise<Data[]>;
}

/** Creates an organisation with an API key that has these scopes. */
export const createClient = async (
  { controlUrl }: ServerProcess,
  scopes: readonly string[],
): Promise<Client> => {
  const { id, key } = await settingsAt(controlUrl).create({ name: 'Durability' }, scopes);
  const organizationId = id;
  return {
    organizationId,
    send: async ({ url }, sending) => dataOf(await exchange(url, sending, key)),
    list: async ({ url }, path) => {
      const found: Data[] = [];
      for (let page = 1, total = 1; found.length < total; page++) {
        const query = `${path}?per_page=100&page=${page}`;
        const { data, meta } = (await exchange(url, { method: 'GET', path: query }, key)) as Page;
        found.push(...data);
        total = meta.total;
      }
      return found;
    },
  };
};

const dataOf = (body: unknown): Data => (body as { data: Data }).data;

const exchange = async (
  base: string,
  { method, path, json, form }: Sending,
  key?: string,
): Promise<unknown> => {
  const headers = {
    ...(key !== undefined && { Authorization: `Bearer ${key}` }),
    ...(json && { 'Content-Type': 'application/json' }),
  };
  const body = json ? JSON.stringify(json) : (form ?? null);
  const response = await fetch(base + path, { method, headers, body })
    .then(async (raw) => ({ status: raw.status, text: await raw.text() }))
    .catch((error: unknown) => {
      throw new Unanswered(String(error));
    });
  if (response.status >= 300) {
    throw new Error(`${method} ${path} returned ${response.status}: ${response.text}`);
  }
  return JSON.parse(response.text);
};
