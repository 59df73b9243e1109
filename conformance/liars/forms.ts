import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';
import { onRequest } from './requests.ts';

/** Whether the request sends a form. */
export const isForm = ({ headers }: Request): boolean =>
  headers.get('content-type')?.includes('form-data') ?? false;

/** Passes on other forms; JSON bodies stay as they are. */
export const onForm = (
  operations: readonly OperationId[],
  bend: (form: FormData) => FormData,
): Liar =>
  onRequest(operations, async (request) => {
    if (!isForm(request)) return request;
    return withForm(request, bend(await formIn(request)));
  });

/** Makes a dossier of a form that ends with this status, without its file: nothing is undone. */
export const keepWithoutFileAfter =
  (status: number): Liar =>
  (fetch) =>
  async (request) => {
    const copy = request.clone();
    const response = await fetch(request);
    if (response.status !== status) return response;
    const form = await formIn(copy);
    form.delete('cv');
    await fetch(withForm(copy, form));
    return response;
  };

/** Makes a dossier of a form that it refuses, without its file: what was done isn't undone. */
export const keepWithoutFile = keepWithoutFileAfter(400);

/** Refuses bodies of more than so many bytes. */
export const refuseLarge =
  (bytes: number): Liar =>
  (fetch) =>
  async (request) => {
    const { byteLength } = await request.clone().arrayBuffer();
    const response = await fetch(request);
    if (byteLength <= bytes) return response;
    const error = { code: 'invalid_body', message: 'The body is too large.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 400, headers });
  };

/** The file in a field of a form; undefined for a text or nothing. */
export const fileIn = (form: FormData, field: string) => {
  const value = form.get(field);
  return typeof value === 'object' && value !== null ? value : undefined;
};

const formIn = (request: Request): Promise<FormData> =>
  // Discouraged for servers, which don't know who sends what; here the suite itself does.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  request.clone().formData();

const withForm = (request: Request, body: FormData): Request => {
  const headers = new Headers(request.headers);
  // It names the boundary of the form that was sent.
  headers.delete('content-type');
  return new Request(request.url, { method: request.method, headers, body });
};
