import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';

/** Refuses JSON bodies that lack a field, as if it were required. */
export const demand =
  (operation: OperationId, field: string): Liar =>
  (fetch, name) =>
  async (request) => {
    const asked = name(request.method, request.url) === operation;
    const body = asked ? ((await request.clone().json()) as object) : {};
    const response = await fetch(request);
    if (!asked || field in body) return response;
    const error = { code: 'invalid_body', message: `${field} is required.` };
    return new Response(JSON.stringify({ error }), { status: 400, headers: response.headers });
  };
