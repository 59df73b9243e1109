import type { OperationId } from '../../openapi/contract.ts';
import { parseJson } from '../http/exchange.ts';
import { onLinked } from './contacts.ts';
import { idsIn } from './history.ts';
import { type Fault, onPage } from './inject.ts';

type OverlapFields = Readonly<Record<string, unknown>>;

/** A request that was under way together with another of its kind. */
export interface Overlap {
  /** As it was sent; its body can still be read. */
  readonly request: Request;
  readonly sent: OverlapFields;
  readonly answered: OverlapFields;
}

/**
 * Tells of requests to these operations that were under way at the same time: what a server does
 * with them that looks first and writes later. What is given back is answered instead.
 */
export const onOverlap =
  (
    operations: readonly OperationId[],
    race: (overlap: Overlap, response: Response) => Response | undefined,
  ): Fault =>
  (fetch, name) => {
    const underWay = new Set<{ overlapped: boolean }>();
    return async (request) => {
      const operation = name(request.method, request.url);
      if (!operation || !operations.includes(operation)) return fetch(request);
      const copy = request.clone();
      const own = { overlapped: underWay.size > 0 };
      for (const other of underWay) other.overlapped = true;
      underWay.add(own);
      const response = await fetch(request);
      underWay.delete(own);
      if (!own.overlapped) return response;
      const isJson = copy.headers.get('content-type')?.includes('json') ?? false;
      const sent = (isJson ? parseJson(await copy.clone().text()) : undefined) ?? {};
      const body = parseJson(await response.clone().text()) as { data?: OverlapFields } | undefined;
      const told = { sent: sent as OverlapFields, answered: body?.data ?? {} };
      return race({ request: copy, ...told }, response) ?? response;
    };
  };

/** Does with each change what is told, before the change itself is done. */
const beforeChange =
  (
    operation: OperationId,
    act: (change: Request, send: (request: Request) => Promise<Response>) => Promise<Request>,
  ): Fault =>
  (fetch, name) =>
  async (request) =>
    fetch(name(request.method, request.url) === operation ? await act(request, fetch) : request);

/** Reads all and writes it back with the change: what others change meanwhile is lost. */
export const readModifyWrite = (operation: OperationId, fields: readonly string[]): Fault =>
  beforeChange(operation, async (change, send) => {
    const sent = (await change.clone().json()) as Record<string, unknown>;
    const answer = await send(new Request(change.url, { headers: change.headers }));
    const { data } = (await answer.json()) as { data: Record<string, unknown> };
    const kept = Object.fromEntries(fields.map((field) => [field, data[field]]));
    return new Request(change, { body: JSON.stringify({ ...kept, ...sent }) });
  });

/** Makes each change to the dossier that was changed before as well. */
export const changePreviousToo = (): Fault => {
  let last: string | undefined;
  return beforeChange('updateDossier', async (change, send) => {
    const body = await change.clone().text();
    const { method, headers, url } = change;
    if (last !== undefined && last !== url)
      await send(new Request(last, { method, headers, body }));
    last = url;
    return change;
  });
};

/**
 * Keeps a list of dossiers for each value of a field, and puts a dossier on the lists of all values
 * that it is given at the same moment.
 *
 * @param field - as it is named in changes
 * @param parameter - as it is named in the query of the list
 */
export const listUnderEachValue =
  (field: string, parameter: string): Fault =>
  (fetch, name) => {
    const raced = new Map<string, Set<string>>();
    const shown = new Map<string, Record<string, unknown>>();
    const note = onOverlap(['updateDossier'], ({ sent, answered, request }) => {
      const id = idsIn(request.url)[0] ?? '';
      shown.set(id, { ...answered, id });
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
 * Ends the place of the primary contact before it writes the new one, with nothing in between that
 * keeps others from doing the same: those who come at once are all primary afterwards.
 */
export const raceForPrimary: Fault = (fetch, name) => {
  const atOnce = new Set<unknown>();
  const underway = new Set<unknown>();
  const show = onLinked((item) => {
    item['is_primary'] ||= atOnce.has(item['contact_id']);
  })(fetch, name);
  return async (request) => {
    if (name(request.method, request.url) !== 'linkDossierContact') return show(request);
    const { contact_id } = (await request.clone().json()) as { contact_id: unknown };
    underway.add(contact_id);
    if (underway.size > 1) for (const one of underway) atOnce.add(one);
    try {
      return await show(request);
    } finally {
      underway.delete(contact_id);
    }
  };
};
