import type { Rule } from '../../rule.ts';
import addressOfDeleted from './address-of-deleted.ts';
import addressesOfOrganizations from './addresses-of-organizations.ts';
import allFiltersTogether from './all-filters-together.ts';
import anyLinkedinUrl from './any-linkedin-url.ts';
import anyOfKinds from './any-of-kinds.ts';
import archivedDossiersCount from './archived-dossiers-count.ts';
import blankName from './blank-name.ts';
import changeAnswer from './change-answer.ts';
import changedCity from './changed-city.ts';
import changedCompany from './changed-company.ts';
import changedEmail from './changed-email.ts';
import changedFieldsAnswered from './changed-fields-answered.ts';
import changedKind from './changed-kind.ts';
import changedLinkedinUrl from './changed-linkedin-url.ts';
import changedName from './changed-name.ts';
import changedNotes from './changed-notes.ts';
import changedPhone from './changed-phone.ts';
import changedRole from './changed-role.ts';
import changedToDuplicate from './changed-to-duplicate.ts';
import city from './city.ts';
import company from './company.ts';
import countedByAddress from './counted-by-address.ts';
import createdAt from './created-at.ts';
import creation from './creation.ts';
import deletedPrimary from './deleted-primary.ts';
import deletionAnswer from './deletion-answer.ts';
import deletionSparesDossiers from './deletion-spares-dossiers.ts';
import deletionUndoesLinks from './deletion-undoes-links.ts';
import deletion from './deletion.ts';
import dossierCount from './dossier-count.ts';
import dossiersKeepTheirs from './dossiers-keep-theirs.ts';
import duplicateEmail from './duplicate-email.ts';
import duplicateInOtherCase from './duplicate-in-other-case.ts';
import emailCase from './email-case.ts';
import emailForm from './email-form.ts';
import email from './email.ts';
import emptyChange from './empty-change.ts';
import emptyText from './empty-text.ts';
import everyKind from './every-kind.ts';
import filtersFollow from './filters-follow.ts';
import filtersTogether from './filters-together.ts';
import foreignFilters from './foreign-filters.ts';
import foreignPool from './foreign-pool.ts';
import givenUpAddress from './given-up-address.ts';
import idForm from './id-form.ts';
import inPool from './in-pool.ts';
import keptCreatedAt from './kept-created-at.ts';
import kindFilter from './kind-filter.ts';
import kindNoArray from './kind-no-array.ts';
import kindsInOrder from './kinds-in-order.ts';
import kinds from './kinds.ts';
import likeAddresses from './like-addresses.ts';
import linkedinUrl from './linkedin-url.ts';
import listedFields from './listed-fields.ts';
import longList from './long-list.ts';
import longTextWhole from './long-text-whole.ts';
import longText from './long-text.ts';
import manyDossiers from './many-dossiers.ts';
import nameAlone from './name-alone.ts';
import name from './name.ts';
import neverPooled from './never-pooled.ts';
import newCount from './new-count.ts';
import newNotExpired from './new-not-expired.ts';
import newestFirst from './newest-first.ts';
import noBody from './no-body.ts';
import noHalfChange from './no-half-change.ts';
import noKind from './no-kind.ts';
import notes from './notes.ts';
import nullField from './null-field.ts';
import nullName from './null-name.ts';
import nullTakesAway from './null-takes-away.ts';
import oneContact from './one-contact.ts';
import ownAddress from './own-address.ts';
import ownList from './own-list.ts';
import pageChecks from './page-checks.ts';
import pageDefaults from './page-defaults.ts';
import parallelChanges from './parallel-changes.ts';
import partialChange from './partial-change.ts';
import phoneSpelling from './phone-spelling.ts';
import phone from './phone.ts';
import poolEnd from './pool-end.ts';
import poolExpired from './pool-expired.ts';
import poolMoves from './pool-moves.ts';
import poolWithFilters from './pool-with-filters.ts';
import retrieval from './retrieval.ts';
import retrievedFields from './retrieved-fields.ts';
import role from './role.ts';
import searchAnywhere from './search-anywhere.ts';
import searchBlanks from './search-blanks.ts';
import searchCase from './search-case.ts';
import searchNowhereElse from './search-nowhere-else.ts';
import searchOfDossiers from './search-of-dossiers.ts';
import searchShortWords from './search-short-words.ts';
import searchSigns from './search-signs.ts';
import searchWildcards from './search-wildcards.ts';
import search from './search.ts';
import severalKindsFilter from './several-kinds-filter.ts';
import simultaneousAddresses from './simultaneous-addresses.ts';
import textOfAnyScript from './text-of-any-script.ts';
import textUntouched from './text-untouched.ts';
import total from './total.ts';
import uniqueIds from './unique-ids.ts';
import unknownField from './unknown-field.ts';
import unknownFilter from './unknown-filter.ts';
import unknownKind from './unknown-kind.ts';
import visibleAtOnce from './visible-at-once.ts';
import wholeContact from './whole-contact.ts';
import withoutEmail from './without-email.ts';
import wrongType from './wrong-type.ts';

/** The rules of the area contacts. */
export const contacts: readonly Rule[] = [
  addressOfDeleted,
  addressesOfOrganizations,
  allFiltersTogether,
  anyLinkedinUrl,
  anyOfKinds,
  archivedDossiersCount,
  blankName,
  changeAnswer,
  changedCity,
  changedCompany,
  changedEmail,
  changedFieldsAnswered,
  changedKind,
  changedLinkedinUrl,
  changedName,
  changedNotes,
  changedPhone,
  changedRole,
  changedToDuplicate,
  city,
  company,
  countedByAddress,
  createdAt,
  creation,
  deletedPrimary,
  deletionAnswer,
  deletionSparesDossiers,
  deletionUndoesLinks,
  deletion,
  dossierCount,
  dossiersKeepTheirs,
  duplicateEmail,
  duplicateInOtherCase,
  emailCase,
  emailForm,
  email,
  emptyChange,
  emptyText,
  everyKind,
  filtersFollow,
  filtersTogether,
  foreignFilters,
  foreignPool,
  givenUpAddress,
  idForm,
  inPool,
  keptCreatedAt,
  kindFilter,
  kindNoArray,
  kindsInOrder,
  kinds,
  likeAddresses,
  linkedinUrl,
  listedFields,
  longList,
  longTextWhole,
  longText,
  manyDossiers,
  nameAlone,
  name,
  neverPooled,
  newCount,
  newNotExpired,
  newestFirst,
  noBody,
  noHalfChange,
  noKind,
  notes,
  nullField,
  nullName,
  nullTakesAway,
  oneContact,
  ownAddress,
  ownList,
  pageChecks,
  pageDefaults,
  parallelChanges,
  partialChange,
  phoneSpelling,
  phone,
  poolEnd,
  poolExpired,
  poolMoves,
  poolWithFilters,
  retrieval,
  retrievedFields,
  role,
  searchAnywhere,
  searchBlanks,
  searchCase,
  searchNowhereElse,
  searchOfDossiers,
  searchShortWords,
  searchSigns,
  searchWildcards,
  search,
  severalKindsFilter,
  simultaneousAddresses,
  textOfAnyScript,
  textUntouched,
  total,
  uniqueIds,
  unknownField,
  unknownFilter,
  unknownKind,
  visibleAtOnce,
  wholeContact,
  withoutEmail,
  wrongType,
];
