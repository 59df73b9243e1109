import type { Rule } from '../../rule.ts';
import duplicateContact from './duplicate-contact.ts';
import exactPath from './exact-path.ts';
import failedUpload from './failed-upload.ts';
import foreignUntouched from './foreign-untouched.ts';
import formFields from './form-fields.ts';
import internal from './internal.ts';
import malformedJson from './malformed-json.ts';
import missingField from './missing-field.ts';
import noHalfChange from './no-half-change.ts';
import nothingDone from './nothing-done.ts';
import order from './order.ts';
import safeRetry from './safe-retry.ts';
import stableCode from './stable-code.ts';
import stableRefusals from './stable-refusals.ts';
import unknownId from './unknown-id.ts';
import unknownMethod from './unknown-method.ts';
import unknownPath from './unknown-path.ts';
import unknownValue from './unknown-value.ts';
import wrongBodies from './wrong-bodies.ts';
import wrongForms from './wrong-forms.ts';
import wrongIds from './wrong-ids.ts';
import wrongMembers from './wrong-members.ts';
import wrongQueries from './wrong-queries.ts';

/** The rules of the area errors. */
export const errors: readonly Rule[] = [
  duplicateContact,
  exactPath,
  failedUpload,
  foreignUntouched,
  formFields,
  internal,
  malformedJson,
  missingField,
  noHalfChange,
  nothingDone,
  order,
  safeRetry,
  stableCode,
  stableRefusals,
  unknownId,
  unknownMethod,
  unknownPath,
  unknownValue,
  wrongBodies,
  wrongForms,
  wrongIds,
  wrongMembers,
  wrongQueries,
];
