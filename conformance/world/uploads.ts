import type { Schemas } from '../../openapi/contract.ts';
import type { RawRequest } from './client.ts';
import type { Exchange } from './exchange.ts';
import { addFile, type FilePart } from './forms.ts';
import { dataOf, type Organization } from './organization.ts';
import type { World } from './world.ts';

type Uploaded = Schemas['DossierCv'];

/** One of the two ways to give an existing dossier a CV. */
export interface Upload {
  readonly name: string;
  readonly send: (home: Organization, id: string, file: FilePart) => Promise<Exchange>;
  /** Sends it, and expects that to succeed. */
  readonly succeed: (
    world: Pick<World, 'expect'>,
    home: Organization,
    id: string,
    file: FilePart,
  ) => Promise<Uploaded>;
}

/** A form with these files in the field `cv`, and nothing else. */
export const cvForm = (...files: readonly FilePart[]): FormData => {
  const form = new FormData();
  for (const file of files) addFile(form, 'cv', file);
  return form;
};

const upload = (name: string, compose: (file: FilePart) => RawRequest): Upload => {
  const send: Upload['send'] = (home, id, file) =>
    home.all.send('uploadDossierCv', { path: { id }, ...compose(file) });
  return {
    name,
    send,
    succeed: async ({ expect }, home, id, file) => {
      const exchange = await send(home, id, file);
      expect.success(exchange);
      return dataOf(exchange.json) as Uploaded;
    },
  };
};

/** By a form with the file in it. */
export const uploadForm = upload('a form', (file) => ({ body: cvForm(file) }));

/** By the bytes of the file, and nothing around them. */
export const uploadBytes = upload('the bytes alone', ({ bytes, type }) => ({
  body: bytes,
  headers: { 'content-type': type },
}));

export const uploads: readonly Upload[] = [uploadForm, uploadBytes];
