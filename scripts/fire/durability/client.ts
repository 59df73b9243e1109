import { settingsAt } from '../harness/organizations.ts';
import type { ServerProcess } from '../harness/server-process.ts';

/** What an answer tells: its `data`. */
export type Data = Readonly<Record<string, unknown>>;

/** A page of a list. */
interface Page {
  readonly data: readonly Data[];
  readonly meta: { readonly total: number };
}

/** What is sent. */
export interface Sending {
  readonly method: string;
  readonly path: string;
  readonly json?: object;
  readonly form?: FormData;
}

/** The server has gone before it answered: nobody knows what has become of the request. */
export class Unanswered extends Error {}

/** One organisation's user. */
export interface Client {
  readonly organizationId: string;
  /** The `data` of the answer. Throws Unanswered, or an Error if the answer is a refusal. */
  readonly send: (server: ServerProcess, sending: Sending) => Promise<Data>;
  /** All items of a list. */
  readonly list: (server: ServerProcess, path: string) => Promise<Data[]>;
}

/** Makes an organisation, with a key that may do everything. */
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
  const answer = await fetch(base + path, { method, headers, body })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((error: unknown) => {
      throw new Unanswered(String(error));
    });
  if (answer.status >= 300) {
    throw new Error(`${method} ${path} was answered ${answer.status}: ${answer.text}`);
  }
  return JSON.parse(answer.text);
};
