import type { Rule } from '../../rule.ts';
import answer from './answer.ts';
import changedFieldsAnswered from './changed-fields-answered.ts';
import closedDossiers from './closed-dossiers.ts';
import company from './company.ts';
import contactDetails from './contact-details.ts';
import contactPerson from './contact-person.ts';
import contactsAlone from './contacts-alone.ts';
import dealCurrency from './deal-currency.ts';
import dealSize from './deal-size.ts';
import detailsKept from './details-kept.ts';
import eachFieldAlone from './each-field-alone.ts';
import filtersFollow from './filters-follow.ts';
import fixedFields from './fixed-fields.ts';
import longTextWhole from './long-text-whole.ts';
import movesInLongFlow from './moves-in-long-flow.ts';
import movesOfClosed from './moves-of-closed.ts';
import moves from './moves.ts';
import name from './name.ts';
import noBody from './no-body.ts';
import noHalfChange from './no-half-change.ts';
import nothingToChange from './nothing-to-change.ts';
import nullClears from './null-clears.ts';
import nullRefused from './null-refused.ts';
import oneDossier from './one-dossier.ts';
import parallel from './parallel.ts';
import reassignment from './reassignment.ts';
import refusedValues from './refused-values.ts';
import salesOnlyFields from './sales-only-fields.ts';
import selection from './selection.ts';
import stageElsewhere from './stage-elsewhere.ts';
import stageOfLikeFlow from './stage-of-like-flow.ts';
import stageRefusal from './stage-refusal.ts';
import stagesAfterManyMoves from './stages-after-many-moves.ts';
import statusAndStageApart from './status-and-stage-apart.ts';
import statuses from './statuses.ts';
import textOfAnyScript from './text-of-any-script.ts';
import unassignment from './unassignment.ts';
import unknownField from './unknown-field.ts';
import unknownStatus from './unknown-status.ts';
import valuesAsSent from './values-as-sent.ts';
import visibleAtOnce from './visible-at-once.ts';
import wholeAnswer from './whole-answer.ts';
import wrongType from './wrong-type.ts';

/** The rules of the area changes. */
export const changes: readonly Rule[] = [
  answer,
  changedFieldsAnswered,
  closedDossiers,
  company,
  contactDetails,
  contactPerson,
  contactsAlone,
  dealCurrency,
  dealSize,
  detailsKept,
  eachFieldAlone,
  filtersFollow,
  fixedFields,
  longTextWhole,
  movesInLongFlow,
  movesOfClosed,
  moves,
  name,
  noBody,
  noHalfChange,
  nothingToChange,
  nullClears,
  nullRefused,
  oneDossier,
  parallel,
  reassignment,
  refusedValues,
  salesOnlyFields,
  selection,
  stageElsewhere,
  stageOfLikeFlow,
  stageRefusal,
  stagesAfterManyMoves,
  statusAndStageApart,
  statuses,
  textOfAnyScript,
  unassignment,
  unknownField,
  unknownStatus,
  valuesAsSent,
  visibleAtOnce,
  wholeAnswer,
  wrongType,
];
