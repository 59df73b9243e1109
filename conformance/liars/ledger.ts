import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';
import { parseJson } from '../world/exchange.ts';
import type { Fetch } from '../world/fetch.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Something that a target did as it was asked. */
export interface Deed {
  readonly operation: OperationId;
  /** The ids in the path. */
  readonly ids: readonly string[];
  /** The JSON that was sent; without fields where it was none. */
  readonly sent: Fields;
  /** What was answered under `data`. */
  readonly answered: Fields;
  readonly request: Request;
  readonly fetch: Fetch;
}

/** The ids in the path of a URL, in their order. */
export const idsIn = (url: string): string[] => {
  const parts = new URL(url).pathname.split(/\/(?:dossiers|contacts|flows)\//).slice(1);
  return parts.map((part) => part.split('/')[0] ?? '').filter((id) => id !== '');
};

/** Tells of every success, before the answer is given: how a server keeps a second book. */
export const keepBook = (
  fetch: Fetch,
  name: Parameters<Liar>[1],
  note: (deed: Deed) => Promise<void> | void,
): Fetch => {
  return async (request) => {
    const operation = name(request.method, request.url);
    const copy = request.clone();
    const response = await fetch(request);
    if (!operation || !response.ok) return response;
    const isJson = copy.headers.get('content-type')?.includes('json') ?? false;
    const sent = isJson ? parseJson(await copy.clone().text()) : undefined;
    const body = parseJson(await response.clone().text()) as { data?: Fields } | undefined;
    const told = { sent: (sent ?? {}) as Fields, answered: body?.data ?? {} };
    await note({ operation, ids: idsIn(request.url), ...told, request: copy, fetch });
    return response;
  };
};

/** Sends a change of a dossier or a contact, in the name of whoever sent another request. */
export const alsoChange = async (
  { request, fetch }: Pick<Deed, 'request' | 'fetch'>,
  path: string,
  changes: object,
): Promise<void> => {
  const url = request.url.replace(/\/(dossiers|contacts)(\/.*|\?.*)?$/, path);
  const headers = new Headers({ authorization: request.headers.get('authorization') ?? '' });
  headers.set('content-type', 'application/json');
  await fetch(new Request(url, { method: 'PATCH', headers, body: JSON.stringify(changes) }));
};
