import type { Liar } from '../rule.ts';

/** Puts what it refused with this status in a queue, and does it before the next listing. */
export const doNext =
  (status: number): Liar =>
  (fetch) => {
    const queue: Request[] = [];
    return async (request) => {
      if (request.method === 'GET') {
        for (const late of queue.splice(0)) await fetch(late);
      }
      const again = request.clone();
      const response = await fetch(request);
      if (response.status === status) queue.push(again);
      return response;
    };
  };
