import { refuse } from '../../../../../conformance/faults/access.ts';
import {
  fileIn,
  keepDossierWithoutFileOn,
  onForm,
} from '../../../../../conformance/faults/files.ts';
import { type Fault, onData } from '../../../../../conformance/faults/inject.ts';
import type { Organization } from '../../../../../reference-server/state/organization.ts';
import {
  type FaultyServer,
  faultyServer,
  onWire,
  type ServerInternals,
  faultOfRule,
} from '../../faulty-server.ts';
import { rewriteDossier } from '../../inject/handlers.ts';
import {
  admit,
  type IncomingRequest,
  organizationHolding,
  sendsForm,
} from '../../inject/requests.ts';

/** Faults in the creation of dossiers by a form. */
export const formFaults: readonly FaultyServer[] = [
  onWire(
    'cv/capital-extension',
    'LG-CV-001',
    'overlooks files whose names have anything but small letters, digits and a dot',
    onForm(['createDossier'], (form) => {
      const file = fileIn(form, 'cv');
      if (file && !/^[a-z0-9]+\.pdf$/.test(file.name)) form.delete('cv');
      return form;
    }),
  ),
  onWire(
    'cv/half-a-megabyte',
    'LG-CV-001',
    'overlooks files of more than 64 KiB',
    onForm(['createDossier'], (form) => {
      if ((fileIn(form, 'cv')?.size ?? 0) > 65_536) form.delete('cv');
      return form;
    }),
  ),
  onWire(
    'cv/address-comes-later',
    'LG-CV-002',
    'answers a creation before it knows where the file is',
    onData(['createDossier'], (dossier) => {
      if (dossier['cv_url']) dossier['cv_url'] = null;
    }),
  ),
  onWire(
    'cv/address-empty',
    'LG-CV-002',
    'answers an empty address',
    onData(['createDossier'], (dossier) => {
      if (dossier['cv_url']) dossier['cv_url'] = '';
    }),
  ),
  onWire(
    'cv/needs-a-file',
    'LG-CV-003',
    'takes a form without a file for a form without a name',
    onForm(['createDossier'], (form) => {
      if (!form.has('cv')) form.delete('name');
      return form;
    }),
  ),
  onWire(
    'cv/address-of-nothing',
    'LG-CV-003',
    'names the place of a CV that was never sent, when it lists dossiers',
    onData(['listDossiers'], (dossier) => {
      dossier['cv_url'] ??= `organization/dossiers/${String(dossier['id'])}/cv.pdf`;
    }),
  ),
  onWire(
    'cv/whole-amounts-in-forms',
    'LG-CV-005',
    'cuts the decimals off an amount that comes by a form',
    onForm(['createDossier'], (form) => {
      const amount = form.get('deal_size');
      if (typeof amount === 'string') form.set('deal_size', amount.replace(/\..*/, ''));
      return form;
    }),
  ),
  onWire(
    'cv/no-amount-in-forms',
    'LG-CV-005',
    'overlooks the amount of a form',
    onForm(['createDossier'], (form) => {
      form.delete('deal_size');
      return form;
    }),
  ),
  onWire(
    'cv/no-file-for-sales',
    'LG-CV-030',
    'overlooks the file of a form for a sales dossier',
    faultOfRule('cv/both-types'),
  ),
  onWire(
    'cv/form-in-latin-1',
    'LG-CV-004',
    'reads the texts of a form as Latin-1',
    onForm(['createDossier'], (form) => {
      for (const [name, value] of [...form]) {
        if (typeof value === 'string') form.set(name, Buffer.from(value).toString('latin1'));
      }
      return form;
    }),
  ),
  onWire(
    'cv/plus-means-blank',
    'LG-CV-004',
    'reads the texts of a form as those of an address',
    onForm(['createDossier'], (form) => {
      for (const [name, value] of [...form]) {
        if (typeof value === 'string') form.set(name, value.replaceAll('+', ' '));
      }
      return form;
    }),
  ),
  onWire(
    'cv/first-line-of-field',
    'LG-CV-004',
    'reads the first line of a text in a form',
    onForm(['createDossier'], (form) => {
      for (const [name, value] of [...form]) {
        if (typeof value === 'string') form.set(name, value.split(/\r?\n/)[0] ?? '');
      }
      return form;
    }),
  ),
  onWire(
    'cv/flow-lost-beside-file',
    'LG-CV-004',
    'overlooks the flow of a form that has a file',
    onForm(['createDossier'], (form) => {
      if (form.has('cv')) form.delete('flow_id');
      return form;
    }),
  ),
  onWire(
    'cv/contact-lost-beside-file',
    'LG-CV-004',
    'overlooks the contact of a form that has a file',
    onForm(['createDossier'], (form) => {
      if (form.has('cv')) form.delete('contact_id');
      return form;
    }),
  ),
  onWire(
    'cv/member-lost-without-file',
    'LG-CV-004',
    'overlooks the member in a form that has no file',
    onForm(['createDossier'], (form) => {
      if (!form.has('cv')) form.delete('assigned_to');
      return form;
    }),
  ),
  onWire(
    'cv/type-by-file',
    'LG-CV-004',
    'takes a form with a file for that of a candidate where it has no type',
    onForm(['createDossier'], (form) => {
      if (form.has('cv') && !form.has('type')) form.set('type', 'candidate');
      return form;
    }),
  ),
  onWire(
    'cv/name-by-file',
    'LG-CV-004',
    'names a dossier after its file where it has no name',
    onForm(['createDossier'], (form) => {
      const file = fileIn(form, 'cv');
      if (file && !form.get('name')) form.set('name', file.name);
      return form;
    }),
  ),
];

/** Refuses forms whose bytes match a pattern. */
const refuseMatching =
  (pattern: RegExp): Fault =>
  (fetch, name) =>
  async (request) => {
    const isForm = request.headers.get('content-type')?.includes('form-data') ?? false;
    const text = isForm ? Buffer.from(await request.clone().arrayBuffer()).toString('latin1') : '';
    return refuse(400, 'invalid_body', () => pattern.test(text))(fetch, name)(request);
  };

const isUpload = (incoming: IncomingRequest) =>
  incoming.operation === 'uploadDossierCv' && sendsForm(incoming);

const isValid = ({ key }: IncomingRequest) => key && (key.expires_at ?? Infinity) > Date.now();

/** Faults with forms of other clients, and with forms that aren't allowed. */
export const formSyntaxFaults: readonly FaultyServer[] = [
  onWire(
    'cv/quoted-boundary',
    'LG-CV-001',
    'takes the quotes around a boundary for part of it',
    refuse(400, 'invalid_body', ({ headers }) =>
      /boundary="/.test(headers.get('content-type') ?? ''),
    ),
  ),
  onWire(
    'cv/headers-in-small-letters',
    'LG-CV-001',
    'knows the headers of a part in capital and small letters only',
    refuseMatching(/content-disposition:/),
  ),
  onWire(
    'cv/fields-with-types',
    'LG-CV-004',
    'takes a field that has a type of its own for a file too many',
    refuseMatching(/Content-Type: text\/plain/i),
  ),
  onWire(
    'cv/disposition-first',
    'LG-CV-004',
    'reads the name of a field from the first line of its part only',
    refuseMatching(/\r\nContent-Type: [^\r]+\r\nContent-Disposition: form-data; name="\w+"\r\n/i),
  ),
  faultyServer(
    'cv/forms-without-scope',
    'LG-AUT-035',
    'looks at no scope where a CV comes by a form',
    admit((incoming) => isUpload(incoming) && isValid(incoming) && incoming.missing.length > 0),
  ),
  faultyServer(
    'cv/forms-for-others',
    'LG-ERR-017',
    'finds the dossiers of all for a form',
    (internals) =>
      admit((incoming) => {
        const holder = organizationHolding(incoming, internals);
        return isUpload(incoming) && incoming.missing.length === 0 && isValid(incoming)
          ? holder
          : undefined;
      })(internals),
  ),
  faultyServer(
    'cv/forms-of-nobody',
    'LG-AUT-001',
    'asks for no key where a CV comes by a form',
    admit((incoming, internals) =>
      isUpload(incoming) && incoming.token === undefined
        ? organizationHolding(incoming, internals)
        : undefined,
    ),
  ),
];

/** Keeps a dossier whose file was refused or not stored, and changes it with `act`. */
const keepDossierAnd =
  (
    { state }: ServerInternals,
    status: number,
    act: (organization: Organization, id: string) => void,
  ): Fault =>
  (fetch, name) => {
    let failed = false;
    const send: typeof fetch = async (request) => {
      const creation = name(request.method, request.url) === 'createDossier';
      const response = await fetch(request);
      if (failed && creation && response.ok) {
        const { data } = (await response.clone().json()) as { data: { id: string } };
        const organization = [...state.organizations.rows].find(({ dossiers }) =>
          dossiers.get(data.id),
        );
        if (organization)
          state.transact(() => {
            act(organization, data.id);
          });
      }
      failed = creation && response.status === status;
      return response;
    };
    return keepDossierWithoutFileOn(status)(send, name);
  };

/** Removes a dossier and its links. */
const erase = ({ dossiers, links }: Organization, id: string): void => {
  for (const link of [...links.by('dossier', id)]) links.remove(link.id);
  dossiers.remove(id);
};

/** Faults in creations whose file isn't stored. */
export const rollbackFaults: readonly FaultyServer[] = [
  onWire(
    'cv/strange-file-left-out',
    'LG-CV-006',
    'refuses a file, and keeps the dossier without it',
    keepDossierWithoutFileOn(400),
  ),
  onWire(
    'cv/undoes-nothing',
    'LG-CV-006',
    'keeps the dossier whose file could not be stored',
    faultOfRule('cv/undone-silently'),
  ),
  faultyServer(
    'cv/archives-to-undo',
    'LG-CV-006',
    'archives the dossier whose file could not be stored, in place of undoing it',
    (internals) => ({
      wire: keepDossierAnd(internals, 500, (organization, id) => {
        rewriteDossier(organization, id, { status: 'archived' });
      }),
    }),
  ),
  faultyServer(
    'cv/archives-refused',
    'LG-CV-006',
    'leaves the dossier of a refused file in the archive',
    (internals) => ({
      wire: keepDossierAnd(internals, 400, (organization, id) => {
        rewriteDossier(organization, id, { status: 'archived' });
      }),
    }),
  ),
  faultyServer(
    'cv/leaves-a-draft',
    'LG-CV-006',
    'keeps the dossier whose file was refused under another name',
    (internals) => ({
      wire: keepDossierAnd(internals, 400, (organization, id) => {
        rewriteDossier(organization, id, { name: 'Upload failed' });
      }),
    }),
  ),
  faultyServer(
    'cv/announces-too-early',
    'LG-CV-007',
    'announces a dossier before it stores the file, and then undoes it',
    (internals) => ({ wire: keepDossierAnd(internals, 500, erase) }),
  ),
  faultyServer(
    'cv/announces-refused',
    'LG-CV-007',
    'announces a dossier before it looks at the file, and then refuses it',
    (internals) => ({ wire: keepDossierAnd(internals, 400, erase) }),
  ),
];
