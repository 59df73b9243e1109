import type { Call, Form, FormFile } from '../core/call.ts';
import type { Installation } from '../core/installation.ts';
import { cvLimit, type Dossier, type Organization } from '../core/records.ts';
import { Refusal, formatMessage, tooLarge, undocumentedRefusal } from '../core/refusals.ts';

/**
 * The CV of a form, if it has one.
 *
 * @throws Refusal if it has several (LG-CV-026)
 */
export const cvOf = (installation: Installation, form: Form): FormFile | string | undefined => {
  const cvs = cvsIn(form);
  if (cvs.length > 1 && !installation.takes('LG-CV-026', 1)) {
    throw undocumentedRefusal(installation, 'there are two files', 'two_files');
  }
  return cvs.at(installation.variations.lastValueCounts ? -1 : 0);
};

/**
 * Validates a file, or the text in its place; undefined if it counts as no file.
 *
 * @throws Refusal if it is empty, too large or not a PDF
 */
export const checkCv = (
  installation: Installation,
  sent: FormFile | string,
  creating: boolean,
): FormFile | undefined => {
  const { choice } = installation;
  const file = typeof sent === 'string' ? fileOf(installation, sent, creating) : sent;
  if (!file) return undefined;
  if (file.bytes.length === 0) {
    if (creating && choice('LG-CV-023') === 1) return undefined;
    if (choice('LG-CV-023') === 2) return file;
    throw undocumentedRefusal(installation, 'cv is empty', 'empty_file');
  }
  const limit = choice('LG-CV-019') === 1 ? cvLimit.mega : cvLimit.mebi;
  if (file.bytes.length > limit) throw tooLarge(installation, 'LG-CV-020');
  checkType(installation, file);
  return file;
};

const fileOf = (
  installation: Installation,
  text: string,
  creating: boolean,
): FormFile | undefined => {
  const choice = installation.choice('LG-CV-025');
  if (creating && choice === 1) return undefined;
  if (choice !== 2) throw undocumentedRefusal(installation, 'cv is not a file', 'no_file');
  return { name: 'cv', type: 'application/pdf', bytes: Buffer.from(text) };
};

const checkType = (installation: Installation, { type, bytes }: FormFile): void => {
  const { choice } = installation;
  const hasPdfType = type === 'application/pdf';
  const hasPdfBytes = beginsAsPdf(bytes);
  if (!hasPdfType && choice('LG-CV-022') > 0) throw noPdf(installation, choice('LG-CV-022') === 2);
  const isPdf = choice('LG-CV-021') === 1 ? hasPdfType : hasPdfBytes;
  if (!isPdf) throw noPdf(installation, choice('LG-CV-021') === 2);
};

export const beginsAsPdf = (bytes: Buffer): boolean =>
  bytes.subarray(0, 5).toString('latin1') === '%PDF-';

const noPdf = (installation: Installation, byStatus: boolean): Refusal => {
  const message = formatMessage(installation, 'The file is not a PDF.', 'Het bestand is geen pdf.');
  if (byStatus) return new Refusal(415, 'unsupported_type', message);
  return undocumentedRefusal(installation, 'cv is not a PDF', 'no_pdf');
};

export const cvUrl = (
  { takes }: Installation,
  organization: Organization,
  { id }: Pick<Dossier, 'id'>,
): string => {
  const path = `${organization.id}/dossiers/${id}/cv.pdf`;
  return takes('LG-CV-013', 1) ? `https://files.leadgrid.example/${path}?v=1` : path;
};

/** The response if the file can't be stored (LG-CV-009). */
export const notStored = (installation: Installation): Refusal => {
  const choice = installation.choice('LG-CV-009');
  const message = formatMessage(
    installation,
    'The file could not be stored.',
    'Opslaan is mislukt.',
  );
  return new Refusal([500, 502, 503][choice] ?? 500, choice ? 'not_stored' : 'internal', message);
};

/** Whether storing the file has to fail, as requested through the control API. */
export const storingFails = ({ organization }: Call): boolean =>
  organization.failing.delete('upload');

/** The values of the field `cv`: files, and texts in place of files. */
export const cvsIn = ({ fields, files }: Form): readonly (FormFile | string)[] => [
  ...files.filter(({ name }) => name === 'cv'),
  ...fields.filter(([name]) => name === 'cv').map(([, text]) => text),
];
