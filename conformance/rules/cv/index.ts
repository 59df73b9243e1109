import type { Rule } from '../../rule.ts';
import address from './address.ts';
import bothTypes from './both-types.ts';
import creation from './creation.ts';
import emptyFile from './empty-file.ts';
import fileElsewhere from './file-elsewhere.ts';
import formAmount from './form-amount.ts';
import formFields from './form-fields.ts';
import formFlow from './form-flow.ts';
import formRefusals from './form-refusals.ts';
import jsonCv from './json-cv.ts';
import largeFile from './large-file.ts';
import largestFile from './largest-file.ts';
import noPdf from './no-pdf.ts';
import none from './none.ts';
import optional from './optional.ts';
import otherLabel from './other-label.ts';
import textForFile from './text-for-file.ts';
import tooLarge from './too-large.ts';
import twoFiles from './two-files.ts';

/** The rules of the area cv. */
export const cv: readonly Rule[] = [
  address,
  bothTypes,
  creation,
  emptyFile,
  fileElsewhere,
  formAmount,
  formFields,
  formFlow,
  formRefusals,
  jsonCv,
  largeFile,
  largestFile,
  noPdf,
  none,
  optional,
  otherLabel,
  textForFile,
  tooLarge,
  twoFiles,
];
