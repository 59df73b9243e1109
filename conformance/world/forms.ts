import { dataOf, type Dossier, type NewDossier, type Organization } from './organization.ts';
import { pdf } from './pdf.ts';
import type { World } from './world.ts';

/** A file as a form sends it. */
export interface FilePart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
  /** The media type that it claims to have. */
  readonly type: string;
}

/** A small PDF, named and labelled as one. */
export const aCv = (bytes = pdf()): FilePart => ({
  bytes,
  name: 'cv.pdf',
  type: 'application/pdf',
});

/** The form of a new dossier: its fields as text, and files in the field `cv`. */
export const formOf = (fields: NewDossier, ...files: readonly FilePart[]): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  for (const file of files) addFile(form, 'cv', file);
  return form;
};

export const addFile = (form: FormData, field: string, { bytes, name, type }: FilePart): void => {
  form.append(field, new Blob([bytes], { type }), name);
};

/** Creates a dossier by a form, and expects that to succeed. */
export const createByForm = async (
  { expect }: Pick<World, 'expect'>,
  home: Organization,
  form: FormData,
): Promise<Dossier> => {
  const exchange = await home.all.send('createDossier', { body: form });
  expect.success(exchange);
  return dataOf(exchange.json) as Dossier;
};
