import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';

/** Passes on other requests than were sent: a target that overlooks or mistakes part of them. */
export const onRequest =
  (operations: readonly OperationId[], bend: (request: Request) => Promise<Request>): Liar =>
  (fetch, name) =>
  async (request) => {
    const operation = name(request.method, request.url);
    return fetch(operation && operations.includes(operation) ? await bend(request) : request);
  };

/** Passes on other JSON bodies; forms stay as they are. */
export const onSent = (
  operations: readonly OperationId[],
  bend: (body: Record<string, unknown>) => Record<string, unknown>,
): Liar =>
  onRequest(operations, async (request) => {
    if (!request.headers.get('content-type')?.includes('json')) return request;
    const body = bend((await request.clone().json()) as Record<string, unknown>);
    return new Request(request, { body: JSON.stringify(body) });
  });

/** Overlooks a field of JSON bodies. */
export const overlook = (operation: OperationId, field: string): Liar =>
  onSent([operation], (body) => ({ ...body, [field]: undefined }));

/** Overlooks parameters in queries. */
export const overlookQuery = (operation: OperationId, ...names: readonly string[]): Liar =>
  onRequest([operation], (request) => {
    const url = new URL(request.url);
    for (const name of names) url.searchParams.delete(name);
    return Promise.resolve(new Request(url, request));
  });
