import type { OperationId } from '../../openapi/contract.ts';
import { parseJson } from '../http/exchange.ts';
import { idsIn } from './applied-requests.ts';
import { onLinked } from './contacts.ts';
import { type Fault, onPage } from './inject.ts';

type OverlapFields = Readonly<Record<string, unknown>>;

/** A request that overlapped with another one to the same operations. */
export interface Overlap {
  /** As it was sent; its body can still be read. */
  readonly request: Request;
  readonly sent: OverlapFields;
  readonly returned: OverlapFields;
}

/**
 * Calls back for requests to these operations that overlap, as in a server that reads first and
 * writes later. The returned value replaces the response.
 */
export const onOverlap =
  (
    operations: readonly OperationId[],
    race: (overlap: Overlap, response: Response) => Response | undefined,
  ): Fault =>
  (fetch, name) => {
    const pending = new Set<{ overlapped: boolean }>();
    return async (request) => {
      const operation = name(request.method, request.url);
      if (!operation || !operations.includes(operation)) return fetch(request);
      const copy = request.clone();
      const own = { overlapped: pending.size > 0 };
      for (const other of pending) other.overlapped = true;
      pending.add(own);
      const response = await fetch(request);
      pending.delete(own);
      if (!own.overlapped) return response;
      const isJson = copy.headers.get('content-type')?.includes('json') ?? false;
      const sent = (isJson ? parseJson(await copy.clone().text()) : undefined) ?? {};
      const body = parseJson(await response.clone().text()) as { data?: OverlapFields } | undefined;
      const bodies = { sent: sent as OverlapFields, returned: body?.data ?? {} };
      return race({ request: copy, ...bodies }, response) ?? response;
    };
  };

/** Runs a step before each update, and may replace its request. */
const beforeUpdate =
  (
    operation: OperationId,
    act: (change: Request, send: (request: Request) => Promise<Response>) => Promise<Request>,
  ): Fault =>
  (fetch, name) =>
  async (request) =>
    fetch(name(request.method, request.url) === operation ? await act(request, fetch) : request);

/**
 * A server that reads the whole resource and writes it back with the update, so that simultaneous
 * updates are lost.
 */
export const readModifyWrite = (operation: OperationId, fields: readonly string[]): Fault =>
  beforeUpdate(operation, async (change, send) => {
    const sent = (await change.clone().json()) as Record<string, unknown>;
    const current = await send(new Request(change.url, { headers: change.headers }));
    const { data } = (await current.json()) as { data: Record<string, unknown> };
    const kept = Object.fromEntries(fields.map((field) => [field, data[field]]));
    return new Request(change, { body: JSON.stringify({ ...kept, ...sent }) });
  });

/** A server that applies each update to the previously updated dossier as well. */
export const updatePreviousToo = (): Fault => {
  let last: string | undefined;
  return beforeUpdate('updateDossier', async (change, send) => {
    const body = await change.clone().text();
    const { method, headers, url } = change;
    if (last !== undefined && last !== url)
      await send(new Request(last, { method, headers, body }));
    last = url;
    return change;
  });
};

/**
 * A server that keeps a list of dossiers for each value of a field, and lists a dossier under all
 * values of simultaneous updates.
 *
 * @param field - the field of the update
 * @param parameter - the query parameter of the list
 */
export const listUnderEachValue =
  (field: string, parameter: string): Fault =>
  (fetch, name) => {
    const raced = new Map<string, Set<string>>();
    const shown = new Map<string, Record<string, unknown>>();
    const note = onOverlap(['updateDossier'], ({ sent, returned, request }) => {
      const id = idsIn(request.url)[0] ?? '';
      shown.set(id, { ...returned, id });
      raced.set(id, (raced.get(id) ?? new Set()).add(String(sent[field])));
      return undefined;
    });
    const show = onPage(['listDossiers'], (page, url) => {
      const wanted = url.searchParams.get(parameter);
      for (const [id, values] of raced) {
        const missing = !page.data.some((one) => one['id'] === id);
        if (wanted === null || !missing || !values.has(wanted)) continue;
        page.data.push({ ...shown.get(id) });
        page.meta['total'] = Number(page.meta['total']) + 1;
      }
    });
    return show(note(fetch, name), name);
  };

/**
 * A server that demotes the primary contact without a lock before it writes the new one, so that
 * several simultaneous ones stay primary.
 */
export const raceForPrimary: Fault = (fetch, name) => {
  const atOnce = new Set<unknown>();
  const pending = new Set<unknown>();
  const show = onLinked((item) => {
    item['is_primary'] ||= atOnce.has(item['contact_id']);
  })(fetch, name);
  return async (request) => {
    if (name(request.method, request.url) !== 'linkDossierContact') return show(request);
    const { contact_id } = (await request.clone().json()) as { contact_id: unknown };
    pending.add(contact_id);
    if (pending.size > 1) for (const one of pending) atOnce.add(one);
    try {
      return await show(request);
    } finally {
      pending.delete(contact_id);
    }
  };
};
