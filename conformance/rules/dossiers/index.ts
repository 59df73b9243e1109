import type { Rule } from '../../rule.ts';
import allFieldsTogether from './all-fields-together.ts';
import assignedToAny from './assigned-to-any.ts';
import assignedTo from './assigned-to.ts';
import blankName from './blank-name.ts';
import candidateContactName from './candidate-contact-name.ts';
import company from './company.ts';
import contactDetailsKept from './contact-details-kept.ts';
import contactDetails from './contact-details.ts';
import contactKind from './contact-kind.ts';
import contactPerson from './contact-person.ts';
import contactScope from './contact-scope.ts';
import contactTakesOver from './contact-takes-over.ts';
import createdAt from './created-at.ts';
import currencyForm from './currency-form.ts';
import dateHeader from './date-header.ts';
import dealCurrency from './deal-currency.ts';
import dealSize from './deal-size.ts';
import defaultAmongFlows from './default-among-flows.ts';
import defaultFlow from './default-flow.ts';
import detailsKept from './details-kept.ts';
import documentedFields from './documented-fields.ts';
import emailForm from './email-form.ts';
import emptyFilter from './empty-filter.ts';
import emptyText from './empty-text.ts';
import exactSize from './exact-size.ts';
import filterStage from './filter-stage.ts';
import filterStatus from './filter-status.ts';
import filteredMaximum from './filtered-maximum.ts';
import filtersTogether from './filters-together.ts';
import flowNamed from './flow-named.ts';
import flowOfOtherType from './flow-of-other-type.ts';
import foreignContact from './foreign-contact.ts';
import foreignFlow from './foreign-flow.ts';
import givenContactAlone from './given-contact-alone.ts';
import givenContactPrimary from './given-contact-primary.ts';
import givenContactUntouched from './given-contact-untouched.ts';
import givenContact from './given-contact.ts';
import givenFlowFirstStage from './given-flow-first-stage.ts';
import givenFlow from './given-flow.ts';
import idForm from './id-form.ts';
import intakeNotesShown from './intake-notes-shown.ts';
import knownAddress from './known-address.ts';
import listedWithoutStatus from './listed-without-status.ts';
import longTextWhole from './long-text-whole.ts';
import longText from './long-text.ts';
import lowestPosition from './lowest-position.ts';
import name from './name.ts';
import namesakes from './namesakes.ts';
import negativeSize from './negative-size.ts';
import newDossier from './new-dossier.ts';
import noContactLeft from './no-contact-left.ts';
import noContactOfFailedUpload from './no-contact-of-failed-upload.ts';
import noSayInStatus from './no-say-in-status.ts';
import oneClock from './one-clock.ts';
import oneStage from './one-stage.ts';
import ownContactPrimary from './own-contact-primary.ts';
import ownContact from './own-contact.ts';
import repeatedCreation from './repeated-creation.ts';
import roundTrip from './round-trip.ts';
import salesContactName from './sales-contact-name.ts';
import salesOnlyFields from './sales-only-fields.ts';
import sizeWithoutCurrency from './size-without-currency.ts';
import stageOfOneFlow from './stage-of-one-flow.ts';
import textOfAnyScript from './text-of-any-script.ts';
import textUntouched from './text-untouched.ts';
import type_ from './type.ts';
import unassigned from './unassigned.ts';
import uniqueIds from './unique-ids.ts';
import unknownContact from './unknown-contact.ts';
import unknownFilter from './unknown-filter.ts';
import unknownFlow from './unknown-flow.ts';
import unknownMember from './unknown-member.ts';
import unknownReferences from './unknown-references.ts';
import unknownStage from './unknown-stage.ts';
import visibleAtOnce from './visible-at-once.ts';
import wholeDossier from './whole-dossier.ts';

/** The rules of the area dossiers. */
export const dossiers: readonly Rule[] = [
  allFieldsTogether,
  assignedToAny,
  assignedTo,
  blankName,
  candidateContactName,
  company,
  contactDetailsKept,
  contactDetails,
  contactKind,
  contactPerson,
  contactScope,
  contactTakesOver,
  createdAt,
  currencyForm,
  dateHeader,
  dealCurrency,
  dealSize,
  defaultAmongFlows,
  defaultFlow,
  detailsKept,
  documentedFields,
  emailForm,
  emptyFilter,
  emptyText,
  exactSize,
  filterStage,
  filterStatus,
  filteredMaximum,
  filtersTogether,
  flowNamed,
  flowOfOtherType,
  foreignContact,
  foreignFlow,
  givenContactAlone,
  givenContactPrimary,
  givenContactUntouched,
  givenContact,
  givenFlowFirstStage,
  givenFlow,
  idForm,
  intakeNotesShown,
  knownAddress,
  listedWithoutStatus,
  longTextWhole,
  longText,
  lowestPosition,
  name,
  namesakes,
  negativeSize,
  newDossier,
  noContactLeft,
  noContactOfFailedUpload,
  noSayInStatus,
  oneClock,
  oneStage,
  ownContactPrimary,
  ownContact,
  repeatedCreation,
  roundTrip,
  salesContactName,
  salesOnlyFields,
  sizeWithoutCurrency,
  stageOfOneFlow,
  textOfAnyScript,
  textUntouched,
  type_,
  unassigned,
  uniqueIds,
  unknownContact,
  unknownFilter,
  unknownFlow,
  unknownMember,
  unknownReferences,
  unknownStage,
  visibleAtOnce,
  wholeDossier,
];
