import type { Liar } from '../rule.ts';

/** Says that it failed with this status, but does what it was asked for all the same. */
export const doAnyway =
  (status: number): Liar =>
  (fetch) =>
  async (request) => {
    const again = request.clone();
    const response = await fetch(request);
    if (response.status === status) await fetch(again);
    return response;
  };
