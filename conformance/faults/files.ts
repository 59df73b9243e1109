import type { OperationId } from '../../openapi/contract.ts';
import { type Fault, onData, onRequest } from './inject.ts';

/** Whether the request sends a form. */
export const isForm = ({ headers }: Request): boolean =>
  headers.get('content-type')?.includes('form-data') ?? false;

/** Changes forms; JSON bodies stay the same. */
export const onForm = (
  operations: readonly OperationId[],
  alter: (form: FormData) => FormData,
): Fault =>
  onRequest(operations, async (request) => {
    if (!isForm(request)) return request;
    return withForm(request, alter(await formIn(request)));
  });

/** A server that keeps the dossier, without its file, when a form ends with this status. */
export const keepDossierWithoutFileOn =
  (status: number): Fault =>
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

const formIn = (request: Request): Promise<FormData> =>
  // Discouraged for servers, which don't know who sends what; here the suite itself does.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  request.clone().formData();

const withForm = (request: Request, body: FormData): Request => {
  const headers = new Headers(request.headers);
  // It contains the boundary of the old form.
  headers.delete('content-type');
  return new Request(request.url, { method: request.method, headers, body });
};

/** A server that keeps the dossier, without its file, when it refuses a form. */
export const keepDossierWithoutFile = keepDossierWithoutFileOn(400);

/** A server that refuses bodies of more than so many bytes. */
export const refuseLargeBodies =
  (bytes: number): Fault =>
  (fetch) =>
  async (request) => {
    const { byteLength } = await request.clone().arrayBuffer();
    const response = await fetch(request);
    if (byteLength <= bytes) return response;
    const error = { code: 'invalid_body', message: 'The body is too large.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 400, headers });
  };

/** The file in a field of a form; undefined if there is none. */
export const fileIn = (form: FormData, field: string) => {
  const value = form.get(field);
  return typeof value === 'object' && value !== null ? value : undefined;
};

/** A server that truncates uploaded files to so many bytes, in forms and raw bodies. */
export const truncateFiles =
  (bytes: number): Fault =>
  (fetch, name) => {
    const cutForms = onForm(['uploadDossierCv'], (form) => {
      const file = fileIn(form, 'cv');
      if (file) form.set('cv', file.slice(0, bytes, file.type), file.name);
      return form;
    });
    const cutBodies = onRequest(['uploadDossierCv'], async (request) => {
      if (isForm(request)) return request;
      const body = await request.clone().arrayBuffer();
      return new Request(request, { body: body.slice(0, bytes) });
    });
    return cutBodies(cutForms(fetch, name), name);
  };

/** A server that deletes the earlier CV before the upload, so that a failed upload loses it. */
export const dropPreviousCv = (): Fault => (fetch, name) => {
  const dropped = new Set<string>();
  const forget = onData(['getDossier'], (dossier) => {
    if (dropped.has(String(dossier['id']))) dossier['cv_url'] = null;
  })(fetch, name);
  return async (request) => {
    const { method, url } = request;
    const response = await forget(request);
    const refused = name(method, url) === 'uploadDossierCv' && !response.ok;
    if (refused) dropped.add(url.split('/').at(-2) ?? '');
    return response;
  };
};

const replacementPdf = 'application/pdf';
/** The replacement for a stored file that isn't a PDF. */
const storedFile = '%PDF-1.4\n%%EOF';

/** A server that stores any file as a CV, whatever its type and bytes. */
export const acceptOtherFiles =
  (operation: OperationId, isTaken: (file: Blob) => boolean = () => true): Fault =>
  (fetch, name) => {
    const takeForms = onForm([operation], (form) => {
      const file = fileIn(form, 'cv');
      if (file && file.type !== replacementPdf && isTaken(file)) {
        form.set('cv', new Blob([storedFile], { type: replacementPdf }), file.name);
      }
      return form;
    });
    const takeBodies = onRequest([operation], async (request) => {
      const type = request.headers.get('content-type') ?? '';
      if (isForm(request) || type === replacementPdf || type.includes('json')) return request;
      if (!isTaken(new Blob([await request.clone().arrayBuffer()], { type }))) return request;
      const headers = new Headers(request.headers);
      headers.set('content-type', replacementPdf);
      return new Request(request.url, { method: request.method, headers, body: storedFile });
    });
    return takeBodies(takeForms(fetch, name), name);
  };
