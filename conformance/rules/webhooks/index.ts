import type { Rule } from '../../rule.ts';
import archivedAlready from './archived-already.ts';
import archivedByStatus from './archived-by-status.ts';
import archivedDossier from './archived-dossier.ts';
import archivingUpdates from './archiving-updates.ts';
import brokenOff from './broken-off.ts';
import changedField from './changed-field.ts';
import changedInArchive from './changed-in-archive.ts';
import closedDossiers from './closed-dossiers.ts';
import contactsSilent from './contacts-silent.ts';
import createdAt from './created-at.ts';
import creationAlone from './creation-alone.ts';
import creationOnce from './creation-once.ts';
import creation from './creation.ts';
import creationForContact from './creation-for-contact.ts';
import deletionUpdates from './deletion-updates.ts';
import deletion from './deletion.ts';
import eventId from './event-id.ts';
import eventType from './event-type.ts';
import everyChange from './every-change.ts';
import everyEndpoint from './every-endpoint.ts';
import failedCreation from './failed-creation.ts';
import jsonBody from './json-body.ts';
import longNote from './long-note.ts';
import moment from './moment.ts';
import moveUpdates from './move-updates.ts';
import move from './move.ts';
import movedData from './moved-data.ts';
import noMove from './no-move.ts';
import noWaiting from './no-waiting.ts';
import notArchived from './not-archived.ts';
import noteAlone from './note-alone.ts';
import noteOnce from './note-once.ts';
import note from './note.ts';
import oneClock from './one-clock.ts';
import oneUpdate from './one-update.ts';
import order from './order.ts';
import organizationsApart from './organizations-apart.ts';
import ownOrganization from './own-organization.ts';
import ownSecrets from './own-secrets.ts';
import post from './post.ts';
import reading from './reading.ts';
import reassignment from './reassignment.ts';
import received from './received.ts';
import refused from './refused.ts';
import restoring from './restoring.ts';
import retries from './retries.ts';
import secondValues from './second-values.ts';
import signatureByEndpoint from './signature-by-endpoint.ts';
import signatureHeader from './signature-header.ts';
import signatureHex from './signature-hex.ts';
import signatureMoment from './signature-moment.ts';
import signatureParts from './signature-parts.ts';
import signatureSeconds from './signature-seconds.ts';
import signatureTwoParts from './signature-two-parts.ts';
import signature from './signature.ts';
import signatureOnRetry from './signature-on-retry.ts';
import signedBytes from './signed-bytes.ts';
import simultaneous from './simultaneous.ts';
import strangeCauses from './strange-causes.ts';
import subject from './subject.ts';
import timeToAnswer from './time-to-answer.ts';
import timestamps from './timestamps.ts';
import unchanged from './unchanged.ts';
import uniqueIds from './unique-ids.ts';
import updateFirst from './update-first.ts';
import upload from './upload.ts';
import wholeDossier from './whole-dossier.ts';
import wholeNote from './whole-note.ts';

/** The rules of the area webhooks. */
export const webhooks: readonly Rule[] = [
  archivedAlready,
  archivedByStatus,
  archivedDossier,
  archivingUpdates,
  brokenOff,
  changedField,
  changedInArchive,
  closedDossiers,
  contactsSilent,
  createdAt,
  creationAlone,
  creationOnce,
  creation,
  creationForContact,
  deletionUpdates,
  deletion,
  eventId,
  eventType,
  everyChange,
  everyEndpoint,
  failedCreation,
  jsonBody,
  longNote,
  moment,
  moveUpdates,
  move,
  movedData,
  noMove,
  noWaiting,
  notArchived,
  noteAlone,
  noteOnce,
  note,
  oneClock,
  oneUpdate,
  order,
  organizationsApart,
  ownOrganization,
  ownSecrets,
  post,
  reading,
  reassignment,
  received,
  refused,
  restoring,
  retries,
  secondValues,
  signatureByEndpoint,
  signatureHeader,
  signatureHex,
  signatureMoment,
  signatureParts,
  signatureSeconds,
  signatureTwoParts,
  signature,
  signatureOnRetry,
  signedBytes,
  simultaneous,
  strangeCauses,
  subject,
  timeToAnswer,
  timestamps,
  unchanged,
  uniqueIds,
  updateFirst,
  upload,
  wholeDossier,
  wholeNote,
];
