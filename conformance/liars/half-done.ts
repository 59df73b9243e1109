import type { Liar } from '../rule.ts';
import { onFields } from './drafts.ts';

/** Says that it refused, but did all that the request asked for without this field. */
export const doHalf =
  (field: string, status = 404): Liar =>
  (fetch, name) =>
  async (request) => {
    const response = await fetch(request.clone());
    const half = onFields((fields) => {
      Reflect.deleteProperty(fields, field);
    });
    if (response.status === status) await half(fetch, name)(request);
    return response;
  };
