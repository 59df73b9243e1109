import { onData } from '../../../../../conformance/liars/answers.ts';
import { fileIn, isForm, onForm, refuseLarge } from '../../../../../conformance/liars/forms.ts';
import type { Liar } from '../../../../../conformance/rule.ts';
import { invalid } from '../../../../../reference-server/http/refusal.ts';
import { bendReply } from '../../bend/replies.ts';
import { before } from '../../bend/shown.ts';
import { fault, inHandlers, onWire, type Fault } from '../../fault.ts';

/** Does this with the bytes that are uploaded without a form. */
const onBytes =
  (wire: Liar): Liar =>
  (fetch, name) => {
    const bent = wire(fetch, name);
    return (request) => {
      const alone = name(request.method, request.url) === 'uploadDossierCv' && !isForm(request);
      return alone ? bent(request) : fetch(request);
    };
  };

/** CVs for dossiers that exist. */
export const uploads: readonly Fault[] = [
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
    before('uploadDossierCv', ({ organization, params }) => {
      const status = organization.dossiers.get(params['id'] ?? '')?.status ?? '';
      if (['lost', 'won'].includes(status)) throw invalid('The dossier is closed.');
    }),
  ),
  inHandlers(
    'cv/candidates-only',
    'LG-CV-030',
    'takes no CV for a sales dossier that exists',
    before('uploadDossierCv', ({ organization, params }) => {
      if (organization.dossiers.get(params['id'] ?? '')?.type === 'sales') {
        throw invalid('A sales dossier takes no CV.');
      }
    }),
  ),
  onWire(
    'cv/default-limit-of-parser',
    'LG-CV-011',
    'takes bytes up to the 100 KiB that its parser allows',
    onBytes(refuseLarge(102_400)),
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
    bendReply('uploadDossierCv', ({ data }, { newId }) => {
      data.id = newId();
    }),
  ),
  fault(
    'cv/address-told-once',
    'LG-CV-012',
    'tells the address of a CV when it is the first one only',
    ({ own }) => {
      const known = new Set<string>();
      const replace = bendReply('uploadDossierCv', ({ data }) => {
        if (known.has(data.id)) data.cv_url = null as never;
        known.add(data.id);
      });
      return { handlers: replace(own) };
    },
  ),
  fault(
    'cv/three-at-most',
    'LG-CV-014',
    'takes three CVs for a dossier, and no fourth',
    ({ own }) => {
      const counts = new Map<string, number>();
      const replace = before('uploadDossierCv', ({ params: { id = '' } }) => {
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
    before('uploadDossierCv', ({ organization, params: { id = '' } }) => {
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
  fault(
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
        const homes = [...state.organizations.rows];
        const dossier = homes.map(({ dossiers }) => dossiers.get(id)).find(Boolean);
        if (!dossier?.cv_url || body.includes('name="cv"')) return response;
        return new Response(JSON.stringify({ data: dossier }), {
          status: 200,
          headers: response.headers,
        });
      },
    }),
  ),
];
