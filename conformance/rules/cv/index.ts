import type { Rule } from '../../rule.ts';
import addressByOrganization from './address-by-organization.ts';
import address from './address.ts';
import bothTypes from './both-types.ts';
import brokenForm from './broken-form.ts';
import creation from './creation.ts';
import emptyFile from './empty-file.ts';
import failedCreation from './failed-creation.ts';
import fieldSize from './field-size.ts';
import fileElsewhere from './file-elsewhere.ts';
import fileFirst from './file-first.ts';
import formAmount from './form-amount.ts';
import formAmountSpellings from './form-amount-spellings.ts';
import formFields from './form-fields.ts';
import formFlow from './form-flow.ts';
import formLikeJson from './form-like-json.ts';
import formReferences from './form-references.ts';
import formRefusals from './form-refusals.ts';
import formSpellings from './form-spellings.ts';
import jsonCv from './json-cv.ts';
import largeFile from './large-file.ts';
import largestFile from './largest-file.ts';
import noAmount from './no-amount.ts';
import noPdf from './no-pdf.ts';
import none from './none.ts';
import optional from './optional.ts';
import otherFile from './other-file.ts';
import otherLabel from './other-label.ts';
import refusedAndGone from './refused-and-gone.ts';
import refusedFile from './refused-file.ts';
import refusedSilently from './refused-silently.ts';
import textForFile from './text-for-file.ts';
import tooLarge from './too-large.ts';
import twoFiles from './two-files.ts';
import undoneSilently from './undone-silently.ts';
import uploadAddress from './upload-address.ts';
import uploadAgain from './upload-again.ts';
import uploadBothTypes from './upload-both-types.ts';
import uploadBytes from './upload-bytes.ts';
import uploadClosed from './upload-closed.ts';
import uploadFailed from './upload-failed.ts';
import uploadForm from './upload-form.ts';
import uploadFormAccess from './upload-form-access.ts';
import uploadLargeFile from './upload-large-file.ts';
import uploadLargestFile from './upload-largest-file.ts';
import uploadMediaType from './upload-media-type.ts';
import uploadNoPdf from './upload-no-pdf.ts';
import uploadOddForms from './upload-odd-forms.ts';
import uploadOtherFile from './upload-other-file.ts';
import uploadOtherLabel from './upload-other-label.ts';
import uploadRefused from './upload-refused.ts';
import uploadShown from './upload-shown.ts';
import uploadTooLarge from './upload-too-large.ts';
import uploadWithoutField from './upload-without-field.ts';

/** The rules of the area cv. */
export const cv: readonly Rule[] = [
  addressByOrganization,
  address,
  bothTypes,
  brokenForm,
  creation,
  emptyFile,
  failedCreation,
  fieldSize,
  fileElsewhere,
  fileFirst,
  formAmount,
  formAmountSpellings,
  formFields,
  formFlow,
  formLikeJson,
  formReferences,
  formRefusals,
  formSpellings,
  jsonCv,
  largeFile,
  largestFile,
  noAmount,
  noPdf,
  none,
  optional,
  otherFile,
  otherLabel,
  refusedAndGone,
  refusedFile,
  refusedSilently,
  textForFile,
  tooLarge,
  twoFiles,
  undoneSilently,
  uploadAddress,
  uploadAgain,
  uploadBothTypes,
  uploadBytes,
  uploadClosed,
  uploadFailed,
  uploadForm,
  uploadFormAccess,
  uploadLargeFile,
  uploadLargestFile,
  uploadMediaType,
  uploadNoPdf,
  uploadOddForms,
  uploadOtherFile,
  uploadOtherLabel,
  uploadRefused,
  uploadShown,
  uploadTooLarge,
  uploadWithoutField,
];
