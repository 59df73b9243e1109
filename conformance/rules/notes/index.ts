import type { Rule } from '../../rule.ts';
import blankContent from './blank-content.ts';
import content from './content.ts';
import createdAt from './created-at.ts';
import fieldChecks from './field-checks.ts';
import fields from './fields.ts';
import idForm from './id-form.ts';
import internalDefault from './internal-default.ts';
import internalKept from './internal-kept.ts';
import listing from './listing.ts';
import longContent from './long-content.ts';
import longTextWhole from './long-text-whole.ts';
import missingContent from './missing-content.ts';
import noHalfChange from './no-half-change.ts';
import order from './order.ts';
import pageChecks from './page-checks.ts';
import pages from './pages.ts';
import sameMoment from './same-moment.ts';
import total from './total.ts';
import uniqueIds from './unique-ids.ts';
import unknownField from './unknown-field.ts';

/** The rules of the area notes. */
export const notes: readonly Rule[] = [
  blankContent,
  content,
  createdAt,
  fieldChecks,
  fields,
  idForm,
  internalDefault,
  internalKept,
  listing,
  longContent,
  longTextWhole,
  missingContent,
  noHalfChange,
  order,
  pageChecks,
  pages,
  sameMoment,
  total,
  uniqueIds,
  unknownField,
];
