import { fileIn, isForm, onForm, refuseLarge } from '../../../../../conformance/liars/forms.ts';
import type { Liar } from '../../../../../conformance/rule.ts';
import { onWire, type Fault } from '../../fault.ts';

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

/** Does this with creations alone. */
const onCreations =
  (wire: Liar): Liar =>
  (fetch, name) => {
    const bent = wire(fetch, name);
    return (request) =>
      name(request.method, request.url) === 'createDossier' ? bent(request) : fetch(request);
  };

/** Cuts files that are too large, as long as they have no more than so many bytes. */
const cutTo = (file: Blob, most: number): Blob => file.slice(0, most, file.type);

/** How large a CV may be. */
export const sizes: readonly Fault[] = [
  onWire(
    'cv/eight-mebibytes',
    'LG-CV-017',
    'refuses creations of more than 8 MiB',
    onCreations(refuseLarge(8 * 1024 ** 2)),
  ),
  onWire(
    'cv/limit-of-whole-form',
    'LG-CV-017',
    'counts the form around a file as part of it',
    onCreations(refuseLarge(10_000_000)),
  ),
  onWire(
    'cv/nine-megabytes-of-bytes',
    'LG-CV-017',
    'refuses bytes of more than 9.5 megabytes',
    onBytes(refuseLarge(9_500_000)),
  ),
  onWire(
    'cv/larger-by-form',
    'LG-CV-018',
    'takes the first ten megabytes of a form with up to sixteen',
    onForm(['uploadDossierCv'], (form) => {
      const file = fileIn(form, 'cv');
      if (file && file.size <= 16 * 1024 ** 2)
        form.set('cv', cutTo(file, 10 * 1024 ** 2), file.name);
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
