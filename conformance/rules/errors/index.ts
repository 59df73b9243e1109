import type { Rule } from '../../rule.ts';
import exactPath from './exact-path.ts';
import malformedJson from './malformed-json.ts';
import missingField from './missing-field.ts';
import noHalfChange from './no-half-change.ts';
import order from './order.ts';
import stableCode from './stable-code.ts';
import unknownId from './unknown-id.ts';
import unknownMethod from './unknown-method.ts';
import unknownPath from './unknown-path.ts';
import unknownValue from './unknown-value.ts';

/** The rules of the area errors. */
export const errors: readonly Rule[] = [
  exactPath,
  malformedJson,
  missingField,
  noHalfChange,
  order,
  stableCode,
  unknownId,
  unknownMethod,
  unknownPath,
  unknownValue,
];
