import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';

/** Answers an operation from a cache, in which only these operations forget what they change. */
export const cache =
  (read: OperationId, emptiedBy: readonly OperationId[]): Liar =>
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
