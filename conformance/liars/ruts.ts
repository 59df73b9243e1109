import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';

/** Answers each time for the path that it was asked for first, whatever id a later one has. */
export const stickToFirstPath =
  (operation: OperationId): Liar =>
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
