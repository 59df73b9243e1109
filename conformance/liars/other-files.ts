import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';
import { fileIn, isForm, onForm } from './forms.ts';
import { onRequest } from './requests.ts';

const pdf = 'application/pdf';
/** What stands in for a file that is stored although it is no PDF. */
const stored = '%PDF-1.4\n%%EOF';

/** Stores any file as a CV at an operation, whatever its label and its bytes are. */
export const takeOtherFiles =
  (operation: OperationId, isTaken: (file: Blob) => boolean = () => true): Liar =>
  (fetch, name) => {
    const takeForms = onForm([operation], (form) => {
      const file = fileIn(form, 'cv');
      if (file && file.type !== pdf && isTaken(file)) {
        form.set('cv', new Blob([stored], { type: pdf }), file.name);
      }
      return form;
    });
    const takeBodies = onRequest([operation], async (request) => {
      const type = request.headers.get('content-type') ?? '';
      if (isForm(request) || type === pdf || type.includes('json')) return request;
      if (!isTaken(new Blob([await request.clone().arrayBuffer()], { type }))) return request;
      const headers = new Headers(request.headers);
      headers.set('content-type', pdf);
      return new Request(request.url, { method: request.method, headers, body: stored });
    });
    return takeBodies(takeForms(fetch, name), name);
  };
