import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';

/** Does with each change what is told, before the change itself is done. */
const beforeChange =
  (
    operation: OperationId,
    act: (change: Request, send: (request: Request) => Promise<Response>) => Promise<Request>,
  ): Liar =>
  (fetch, name) =>
  async (request) =>
    fetch(name(request.method, request.url) === operation ? await act(request, fetch) : request);

/** Reads all and writes it back with the change: what others change meanwhile is lost. */
export const readModifyWrite = (operation: OperationId, fields: readonly string[]): Liar =>
  beforeChange(operation, async (change, send) => {
    const sent = (await change.clone().json()) as Record<string, unknown>;
    const answer = await send(new Request(change.url, { headers: change.headers }));
    const { data } = (await answer.json()) as { data: Record<string, unknown> };
    const kept = Object.fromEntries(fields.map((field) => [field, data[field]]));
    return new Request(change, { body: JSON.stringify({ ...kept, ...sent }) });
  });

/** Makes each change to the dossier that was changed before as well. */
export const changeTwo = (): Liar => {
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
