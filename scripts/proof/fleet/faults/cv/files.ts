import { fileIn, isForm, onForm } from '../../../../../conformance/liars/forms.ts';
import { takeOtherFiles } from '../../../../../conformance/liars/other-files.ts';
import type { Liar } from '../../../../../conformance/rule.ts';
import { onWire, type Fault } from '../../fault.ts';

const isPicture = ({ type }: Blob): boolean => type.startsWith('image/');

/** Does something with the form of a request that was refused because of a picture. */
const afterPicture =
  (act: (request: Request, form: FormData) => FormData): Liar =>
  (fetch) =>
  async (request) => {
    const copy = request.clone();
    const response = await fetch(request);
    if (response.ok || !isForm(copy)) return response;
    // Discouraged for servers, which don't know who sends what; here the suite itself does.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const form = await copy.clone().formData();
    const file = fileIn(form, 'cv');
    if (!file || !isPicture(file)) return response;
    const headers = new Headers(copy.headers);
    // It names the boundary of the form that was sent.
    headers.delete('content-type');
    await fetch(new Request(copy.url, { method: copy.method, headers, body: act(copy, form) }));
    return response;
  };

/** Files that are no PDF, neither by their label nor by their bytes. */
export const files: readonly Fault[] = [
  onWire(
    'cv/creates-with-any-file',
    'LG-CV-033',
    'creates a dossier with any file, whatever it is',
    takeOtherFiles('createDossier'),
  ),
  onWire(
    'cv/takes-any-upload',
    'LG-CV-033',
    'takes any upload, whatever it is',
    takeOtherFiles('uploadDossierCv'),
  ),
  onWire(
    'cv/creates-with-pictures',
    'LG-CV-033',
    'creates a dossier with a picture as its CV',
    takeOtherFiles('createDossier', isPicture),
  ),
  onWire(
    'cv/takes-office-documents',
    'LG-CV-033',
    'takes documents of an office program for CVs',
    takeOtherFiles('uploadDossierCv', ({ type }) => type.includes('officedocument')),
  ),
  onWire(
    'cv/takes-unlabelled-bytes',
    'LG-CV-033',
    'takes any bytes that come without a media type',
    takeOtherFiles('uploadDossierCv', ({ type }) => type === ''),
  ),
  onWire(
    'cv/other-file-left-away',
    'LG-CV-033',
    'creates a dossier without the file that is no PDF',
    onForm(['createDossier'], (form) => {
      if (fileIn(form, 'cv')?.type !== 'application/pdf') form.delete('cv');
      return form;
    }),
  ),
  onWire(
    'cv/refuses-and-stores',
    'LG-CV-033',
    'refuses a picture, and stores it all the same',
    afterPicture(({ url }, form) => {
      if (url.endsWith('/cv')) form.set('cv', new Blob(['%PDF-1.4']), 'cv.pdf');
      return form;
    }),
  ),
  onWire(
    'cv/keeps-dossier-of-picture',
    'LG-CV-006',
    'refuses a picture, and keeps the dossier without it',
    afterPicture((_, form) => {
      form.delete('cv');
      return form;
    }),
  ),
];
