import type { Rule } from '../../rule.ts';
import again from './again.ts';
import answer from './answer.ts';
import fieldChecks from './field-checks.ts';
import foreignContact from './foreign-contact.ts';
import keptRole from './kept-role.ts';
import listing from './listing.ts';
import missingField from './missing-field.ts';
import noDifference from './no-difference.ts';
import noHalfChange from './no-half-change.ts';
import noHeir from './no-heir.ts';
import noUsurper from './no-usurper.ts';
import notFound from './not-found.ts';
import notLinked from './not-linked.ts';
import notPrimary from './not-primary.ts';
import once from './once.ts';
import onePrimary from './one-primary.ts';
import order from './order.ts';
import otherDossiers from './other-dossiers.ts';
import pageChecks from './page-checks.ts';
import pages from './pages.ts';
import personNow from './person-now.ts';
import person from './person.ts';
import primaryFlag from './primary-flag.ts';
import primaryInAnyRole from './primary-in-any-role.ts';
import primary from './primary.ts';
import roleOfLinkedAgain from './role-of-linked-again.ts';
import roleValues from './role-values.ts';
import roles from './roles.ts';
import simultaneousPrimaries from './simultaneous-primaries.ts';
import total from './total.ts';
import unknownContact from './unknown-contact.ts';
import unknownField from './unknown-field.ts';
import unlinkedContact from './unlinked-contact.ts';
import unlinkedNobody from './unlinked-nobody.ts';
import unlinkingAnswer from './unlinking-answer.ts';
import unlinking from './unlinking.ts';

/** The rules of the area links. */
export const links: readonly Rule[] = [
  again,
  answer,
  fieldChecks,
  foreignContact,
  keptRole,
  listing,
  missingField,
  noDifference,
  noHalfChange,
  noHeir,
  noUsurper,
  notFound,
  notLinked,
  notPrimary,
  once,
  onePrimary,
  order,
  otherDossiers,
  pageChecks,
  pages,
  personNow,
  person,
  primaryFlag,
  primaryInAnyRole,
  primary,
  roleOfLinkedAgain,
  roleValues,
  roles,
  simultaneousPrimaries,
  total,
  unknownContact,
  unknownField,
  unlinkedContact,
  unlinkedNobody,
  unlinkingAnswer,
  unlinking,
];
