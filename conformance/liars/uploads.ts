import type { Liar } from '../rule.ts';
import { onData } from './answers.ts';
import { fileIn, isForm, onForm } from './forms.ts';
import { onRequest } from './requests.ts';

/** Leaves so many bytes of the files that are uploaded, whether by a form or by themselves. */
export const cutFiles =
  (bytes: number): Liar =>
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

/** Makes room for a CV before it takes it: where that fails, the earlier one is gone. */
export const dropFirst = (): Liar => (fetch, name) => {
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
