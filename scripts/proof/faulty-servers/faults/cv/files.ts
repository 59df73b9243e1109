import {
  acceptOtherFiles,
  fileIn,
  isForm,
  onForm,
  refuseLargeBodies,
} from '../../../../../conformance/faults/files.ts';
import { type Fault, onData } from '../../../../../conformance/faults/inject.ts';
import { invalid } from '../../../../../reference-server/http/refusals.ts';
import {
  type FaultyServer,
  faultyServer,
  inHandlers,
  onWire,
  faultOfRule,
} from '../../faulty-server.ts';
import { beforeOperation, changeReply } from '../../inject/handlers.ts';

/** Limits a fault to uploads without a form. */
const onBytes =
  (wire: Fault): Fault =>
  (fetch, name) => {
    const injection = wire(fetch, name);
    return (request) => {
      const isBytes = name(request.method, request.url) === 'uploadDossierCv' && !isForm(request);
      return isBytes ? injection(request) : fetch(request);
    };
  };

/** Faults in the upload of CVs for existing dossiers. */
export const uploadFaults: readonly FaultyServer[] = [
  onWire(
    'cv/file-by-name',
    'LG-CV-010',
    'refuses forms whose file has blanks or accents in its name',
    onForm(['uploadDossierCv'], (form) => {
      if (/[^\w.-]/.test(fileIn(form, 'cv')?.name ?? '')) form.delete('cv');
      return form;
    }),
  ),
  inHandlers(
    'cv/closed-for-lost',
    'LG-CV-010',
    'takes no CV for a dossier that is lost or won',
    beforeOperation('uploadDossierCv', ({ organization, params }) => {
      const status = organization.dossiers.get(params['id'] ?? '')?.status ?? '';
      if (['lost', 'won'].includes(status)) throw invalid('The dossier is closed.');
    }),
  ),
  inHandlers(
    'cv/candidates-only',
    'LG-CV-030',
    'takes no CV for a sales dossier that exists',
    beforeOperation('uploadDossierCv', ({ organization, params }) => {
      if (organization.dossiers.get(params['id'] ?? '')?.type === 'sales') {
        throw invalid('A sales dossier takes no CV.');
      }
    }),
  ),
  onWire(
    'cv/default-limit-of-parser',
    'LG-CV-011',
    'takes bytes up to the 100 KiB that its parser allows',
    onBytes(refuseLargeBodies(102_400)),
  ),
  onWire(
    'cv/bytes-ignored',
    'LG-CV-011',
    'answers bytes with success, and tells no address',
    onBytes(
      onData(['uploadDossierCv'], (dossier) => {
        dossier['cv_url'] = null;
      }),
    ),
  ),
  inHandlers(
    'cv/id-of-file',
    'LG-CV-012',
    'answers an upload with an id of the file',
    changeReply('uploadDossierCv', ({ data }, { newId }) => {
      data.id = newId();
    }),
  ),
  faultyServer(
    'cv/address-told-once',
    'LG-CV-012',
    'tells the address of a CV when it is the first one only',
    ({ own }) => {
      const known = new Set<string>();
      const replace = changeReply('uploadDossierCv', ({ data }) => {
        if (known.has(data.id)) data.cv_url = null as never;
        known.add(data.id);
      });
      return { handlers: replace(own) };
    },
  ),
  faultyServer(
    'cv/three-at-most',
    'LG-CV-014',
    'takes three CVs for a dossier, and no fourth',
    ({ own }) => {
      const counts = new Map<string, number>();
      const replace = beforeOperation('uploadDossierCv', ({ params: { id = '' } }) => {
        const count = counts.get(id) ?? 0;
        if (count === 3) throw invalid('cv has been replaced too often.');
        counts.set(id, count + 1);
      });
      return { handlers: replace(own) };
    },
  ),
  inHandlers(
    'cv/first-one-stays',
    'LG-CV-014',
    'takes no CV for a dossier that was created with one',
    beforeOperation('uploadDossierCv', ({ organization, params: { id = '' } }) => {
      if (organization.cvs.get(id)) throw invalid('cv is there already.');
    }),
  ),
  onWire(
    'cv/file-in-any-field',
    'LG-CV-024',
    'takes the first file of a form, whatever its field',
    onForm(['uploadDossierCv'], (form) => {
      const [field] = [...form].find(([, value]) => typeof value !== 'string') ?? [];
      const file = field === undefined ? undefined : fileIn(form, field);
      if (file && !form.has('cv')) form.set('cv', file, file.name);
      return form;
    }),
  ),
  faultyServer(
    'cv/nothing-changes-nothing',
    'LG-CV-024',
    'answers a form without a file with the CV that the dossier has',
    ({ state }) => ({
      wire: (fetch, name) => async (request) => {
        const response = await fetch(request.clone());
        const operation = name(request.method, request.url);
        if (operation !== 'uploadDossierCv' || response.status !== 400 || !isForm(request))
          return response;
        const body = new TextDecoder('latin1').decode(await request.arrayBuffer());
        const id = request.url.split('/').at(-2) ?? '';
        const orgs = [...state.organizations.rows];
        const dossier = orgs.map(({ dossiers }) => dossiers.get(id)).find(Boolean);
        if (!dossier?.cv_url || body.includes('name="cv"')) return response;
        return new Response(JSON.stringify({ data: dossier }), {
          status: 200,
          headers: response.headers,
        });
      },
    }),
  ),
];

const isPicture = ({ type }: Blob): boolean => type.startsWith('image/');

/** Sends a form that was refused because of a picture again, changed. */
const afterPicture =
  (act: (request: Request, form: FormData) => FormData): Fault =>
  (fetch) =>
  async (request) => {
    const copy = request.clone();
    const response = await fetch(request);
    if (response.ok || !isForm(copy)) return response;
    // Deprecated because of untrusted clients; here the suite is the client.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const form = await copy.clone().formData();
    const file = fileIn(form, 'cv');
    if (!file || !isPicture(file)) return response;
    const headers = new Headers(copy.headers);
    // It has the boundary of the earlier form.
    headers.delete('content-type');
    await fetch(new Request(copy.url, { method: copy.method, headers, body: act(copy, form) }));
    return response;
  };

/** Faults with files that aren't PDFs, by media type and by content. */
export const fileTypeFaults: readonly FaultyServer[] = [
  onWire(
    'cv/creates-with-any-file',
    'LG-CV-033',
    'creates a dossier with any file, whatever it is',
    faultOfRule('cv/other-file'),
  ),
  onWire(
    'cv/takes-any-upload',
    'LG-CV-033',
    'takes any upload, whatever it is',
    faultOfRule('cv/upload-other-file'),
  ),
  onWire(
    'cv/creates-with-pictures',
    'LG-CV-033',
    'creates a dossier with a picture as its CV',
    acceptOtherFiles('createDossier', isPicture),
  ),
  onWire(
    'cv/takes-office-documents',
    'LG-CV-033',
    'takes documents of an office program for CVs',
    acceptOtherFiles('uploadDossierCv', ({ type }) => type.includes('officedocument')),
  ),
  onWire(
    'cv/takes-unlabelled-bytes',
    'LG-CV-033',
    'takes any bytes that come without a media type',
    acceptOtherFiles('uploadDossierCv', ({ type }) => type === ''),
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

/** Limits a fault to creations. */
const onCreations =
  (wire: Fault): Fault =>
  (fetch, name) => {
    const injection = wire(fetch, name);
    return (request) =>
      name(request.method, request.url) === 'createDossier' ? injection(request) : fetch(request);
  };

/** Cuts a file to a maximum size. */
const cutToSize = (file: Blob, maxBytes: number): Blob => file.slice(0, maxBytes, file.type);

/** Faults in the maximum size of a CV. */
export const fileSizeFaults: readonly FaultyServer[] = [
  onWire(
    'cv/eight-mebibytes',
    'LG-CV-017',
    'refuses creations of more than 8 MiB',
    onCreations(refuseLargeBodies(8 * 1024 ** 2)),
  ),
  onWire(
    'cv/limit-of-whole-form',
    'LG-CV-017',
    'counts the form around a file as part of it',
    onCreations(refuseLargeBodies(10_000_000)),
  ),
  onWire(
    'cv/nine-megabytes-of-bytes',
    'LG-CV-017',
    'refuses bytes of more than 9.5 megabytes',
    onBytes(refuseLargeBodies(9_500_000)),
  ),
  onWire(
    'cv/larger-by-form',
    'LG-CV-018',
    'takes the first ten megabytes of a form with up to sixteen',
    onForm(['uploadDossierCv'], (form) => {
      const file = fileIn(form, 'cv');
      if (file && file.size <= 16 * 1024 ** 2)
        form.set('cv', cutToSize(file, 10 * 1024 ** 2), file.name);
      return form;
    }),
  ),
  onWire(
    'cv/too-large-left-away',
    'LG-CV-018',
    'creates a dossier without the file that is too large',
    onForm(['createDossier'], (form) => {
      if ((fileIn(form, 'cv')?.size ?? 0) > 10 * 1024 ** 2) form.delete('cv');
      return form;
    }),
  ),
];
