import { onData } from '../../../../../conformance/liars/answers.ts';
import { fileIn, onForm } from '../../../../../conformance/liars/forms.ts';
import { onWire, type Fault } from '../../fault.ts';

/** Dossiers that are created by a form. */
export const forms: readonly Fault[] = [
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
    onForm(['createDossier'], (form) => {
      if (form.get('type') === 'sales') form.delete('cv');
      return form;
    }),
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
