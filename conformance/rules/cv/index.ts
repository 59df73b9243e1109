import type { Rule } from '../../rule.ts';
import addressByOrganization from './address-by-organization.ts';
import address from './address.ts';
import bothTypes from './both-types.ts';
import creation from './creation.ts';
import emptyFile from './empty-file.ts';
import fileElsewhere from './file-elsewhere.ts';
import fileFirst from './file-first.ts';
import formAmount from './form-amount.ts';
import formFields from './form-fields.ts';
import formFlow from './form-flow.ts';
import formLikeJson from './form-like-json.ts';
import formReferences from './form-references.ts';
import formRefusals from './form-refusals.ts';
import jsonCv from './json-cv.ts';
import largeFile from './large-file.ts';
import largestFile from './largest-file.ts';
import noPdf from './no-pdf.ts';
import none from './none.ts';
import optional from './optional.ts';
import otherLabel from './other-label.ts';
import refusedFile from './refused-file.ts';
import textForFile from './text-for-file.ts';
import tooLarge from './too-large.ts';
import twoFiles from './two-files.ts';

/** The rules of the area cv. */
export const cv: readonly Rule[] = [
  addressByOrganization,
  address,
  bothTypes,
  creation,
  emptyFile,
  fileElsewhere,
  fileFirst,
  formAmount,
  formFields,
  formFlow,
  formLikeJson,
  formReferences,
  formRefusals,
  jsonCv,
  largeFile,
  largestFile,
  noPdf,
  none,
  optional,
  otherLabel,
  refusedFile,
  textForFile,
  tooLarge,
  twoFiles,
];
