import type { Liar } from '../rule.ts';
import { parseJson } from '../world/exchange.ts';
import { onAnswer } from './answers.ts';
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

/** Says that it refused a change, but shows this field of it from then on. */
export const doOnly =
  (field: string, status: number): Liar =>
  (fetch, name) => {
    const done = new Map<string, unknown>();
    const show = onAnswer('all', (answer, { method, url }) => {
      if (method !== 'GET' || !done.has(url) || answer.status >= 300) return;
      (answer.body as { data: Record<string, unknown> }).data[field] = done.get(url);
    })(fetch, name);
    return async (request) => {
      if (request.method !== 'PATCH') return show(request);
      const sent = parseJson(await request.clone().text()) as Readonly<Record<string, unknown>>;
      const response = await show(request);
      if (response.status === status) done.set(request.url, sent[field]);
      else done.delete(request.url);
      return response;
    };
  };
