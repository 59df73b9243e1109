import type { OperationId } from '../../openapi/contract.ts';
import { parseJson } from '../http/exchange.ts';
import type { Fetch } from '../http/web-classes.ts';
import { type Fault, onPage } from './inject.ts';

type AppliedFields = Readonly<Record<string, unknown>>;

/** A successful request. */
export interface AppliedRequest {
  readonly operation: OperationId;
  /** The ids in the path. */
  readonly ids: readonly string[];
  /** The JSON that was sent; an empty object if there was none. */
  readonly sent: AppliedFields;
  /** The `data` of the response. */
  readonly returned: AppliedFields;
  readonly request: Request;
  readonly fetch: Fetch;
}

/** The ids in the path of a URL, in order. */
export const idsIn = (url: string): string[] => {
  const parts = new URL(url).pathname.split(/\/(?:dossiers|contacts|flows)\//).slice(1);
  return parts.map((part) => part.split('/')[0] ?? '').filter((id) => id !== '');
};

/** Calls back after every successful request, before the response is returned. */
export const afterSuccess = (
  fetch: Fetch,
  name: Parameters<Fault>[1],
  note: (applied: AppliedRequest) => Promise<void> | void,
): Fetch => {
  return async (request) => {
    const operation = name(request.method, request.url);
    const copy = request.clone();
    const response = await fetch(request);
    if (!operation || !response.ok) return response;
    const isJson = copy.headers.get('content-type')?.includes('json') ?? false;
    const sent = isJson ? parseJson(await copy.clone().text()) : undefined;
    const body = parseJson(await response.clone().text()) as { data?: AppliedFields } | undefined;
    const bodies = { sent: (sent ?? {}) as AppliedFields, returned: body?.data ?? {} };
    await note({ operation, ids: idsIn(request.url), ...bodies, request: copy, fetch });
    return response;
  };
};

/** Sends an additional update of a dossier or contact, with the API key of another request. */
export const alsoUpdate = async (
  { request, fetch }: Pick<AppliedRequest, 'request' | 'fetch'>,
  path: string,
  changes: object,
): Promise<void> => {
  const url = request.url.replace(/\/(dossiers|contacts)(\/.*|\?.*)?$/, path);
  const headers = new Headers({ authorization: request.headers.get('authorization') ?? '' });
  headers.set('content-type', 'application/json');
  await fetch(new Request(url, { method: 'PATCH', headers, body: JSON.stringify(changes) }));
};

/** A server that returns the first response to each GET forever. */
export const cacheForever = (): Fault => (fetch) => {
  const answers = new Map<string, Response>();
  return async (request) => {
    if (request.method !== 'GET') return fetch(request);
    const key = `${request.headers.get('authorization') ?? ''} ${request.url}`;
    const response = answers.get(key) ?? (await fetch(request));
    answers.set(key, response.clone());
    return response;
  };
};

/** A server that always returns the response for the first path of an operation. */
export const answerForFirstPath =
  (operation: OperationId): Fault =>
  (fetch, name) => {
    let first: string | undefined;
    return (request) => {
      const url = new URL(request.url);
      if (name(request.method, request.url) !== operation) return fetch(request);
      first ??= url.pathname;
      url.pathname = first;
      return fetch(new Request(url, request));
    };
  };

/** A server with a cache for an operation that only these operations invalidate. */
export const cacheReads =
  (read: OperationId, emptiedBy: readonly OperationId[]): Fault =>
  (fetch, name) => {
    const answers = new Map<string, Response>();
    return async (request) => {
      const operation = name(request.method, request.url);
      if (operation && emptiedBy.includes(operation)) {
        for (const url of answers.keys()) if (request.url.startsWith(url)) answers.delete(url);
      }
      if (operation !== read) return fetch(request);
      const known = answers.get(request.url) ?? (await fetch(request));
      if (known.ok) answers.set(request.url, known.clone());
      return known;
    };
  };

/** A server whose pages shift by each item created after the first page was read. */
export const shiftPages: Fault = (fetch, name) => {
  let came = 0;
  const record = afterSuccess(fetch, name, ({ operation }) => {
    if (operation === 'createDossier' || operation === 'createContact') came += 1;
  });
  const show = onPage(['listDossiers', 'listContacts'], (page, url) => {
    if (url.searchParams.get('page') === '1') came = 0;
    else if (came > 0) page.data.shift();
  });
  return show(record, name);
};

/** A server that empties a list of a dossier once the dossier is deleted. */
export const hidePartsOfDeleted =
  (list: OperationId): Fault =>
  (fetch, name) => {
    const deleted = new Set<string>();
    const lose = onPage([list], (page, url) => {
      if (deleted.has(idsIn(url.href)[0] ?? '')) page.data.splice(0);
    })(fetch, name);
    return (request) => {
      if (name(request.method, request.url) === 'archiveDossier')
        deleted.add(idsIn(request.url)[0] ?? '');
      return lose(request);
    };
  };
