import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';
import { parseJson } from '../world/exchange.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A request that was under way together with another of its kind. */
export interface Overlap {
  /** As it was sent; its body can still be read. */
  readonly request: Request;
  readonly sent: Fields;
  readonly answered: Fields;
}

/**
 * Tells of requests to these operations that were under way at the same time: what a server does
 * with them that looks first and writes later. What is given back is answered instead.
 */
export const onOverlap =
  (
    operations: readonly OperationId[],
    race: (overlap: Overlap, response: Response) => Response | undefined,
  ): Liar =>
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
      const body = parseJson(await response.clone().text()) as { data?: Fields } | undefined;
      const told = { sent: sent as Fields, answered: body?.data ?? {} };
      return race({ request: copy, ...told }, response) ?? response;
    };
  };
