import type { FaultyServer } from '../faulty-server.ts';
import {
  expiryFaults,
  keyFaults,
  keyFormatFaults,
  keyLocationFaults,
} from './authentication/keys.ts';
import { missingScopeFaults, neededScopeFaults } from './authentication/missing-scopes.ts';
import { organizationFaults, sharedDataFaults } from './authentication/organizations.ts';
import { sufficientScopeFaults } from './authentication/sufficient-scopes.ts';
import { contactDeletionFaults, dossierCountFaults } from './contacts/deletion-and-counts.ts';
import { emailFaults, emailRaceFaults, ownEmailFaults } from './contacts/emails.ts';
import { contactFieldFaults, contactTextFaults } from './contacts/fields.ts';
import { kindFaults, poolFaults } from './contacts/kinds-and-pool.ts';
import { contactListFaults, searchFaults, searchResultFaults } from './contacts/search.ts';
import { contactMisreadingFaults, contactUpdateFaults } from './contacts/update.ts';
import { fileSizeFaults, fileTypeFaults, uploadFaults } from './cv/files.ts';
import { formFaults, formSyntaxFaults, rollbackFaults } from './cv/forms.ts';
import { dossierContactFaults } from './dossiers/contact.ts';
import {
  dossierCreationFaults,
  dossierMisreadingFaults,
  firstStageFaults,
} from './dossiers/create.ts';
import { detailFaults, lostDetailFaults } from './dossiers/details.ts';
import { dossierFieldFaults, dossierTypeFaults } from './dossiers/fields.ts';
import { dossierListFaults, dossierPageFaults } from './dossiers/list.ts';
import { dossierStageFaults, moveFaults } from './dossiers/stages.ts';
import { archivingFaults, statusFaults } from './dossiers/status.ts';
import { dossierUpdateFaults, sideEffectFaults } from './dossiers/update.ts';
import { errorBodyFaults, errorStatusFaults } from './errors/error-bodies.ts';
import { crashFaults, internalErrorFaults } from './errors/internal-errors.ts';
import { invalidBodyFaults } from './errors/invalid-bodies.ts';
import { unknownIdFaults } from './errors/unknown-ids.ts';
import { flowListFaults, flowStageFaults, stageOrderFaults } from './flows.ts';
import { envelopeFaults, exampleFieldFaults } from './general/fields.ts';
import { filterFaults, ignoredParameterFaults } from './general/filters.ts';
import { pageFaults, pageLengthFaults } from './general/pagination.ts';
import { clockFaults, timestampFaults } from './general/timestamps.ts';
import { totalFaults } from './general/totals.ts';
import { amountFaults, idFaults, textFaults } from './general/values.ts';
import { limitFigureFaults, limitHeaderFaults } from './limits/headers.ts';
import { limitWindowFaults } from './limits/windows.ts';
import { linkingFaults, linkListFaults, unlinkingFaults } from './links/linking.ts';
import { primaryFaults, roleFaults, roleMisreadingFaults } from './links/roles.ts';
import { noteFieldFaults, noteListFaults, noteOrderFaults } from './notes.ts';
import { planFaults } from './plans.ts';
import {
  digestFaults,
  signatureHeaderFaults,
  signedBytesFaults,
  signedTimestampFaults,
  unsignedExtraFaults,
} from './signatures.ts';
import {
  archivingEventFaults,
  eventCauseFaults,
  refusedChangeEventFaults,
} from './webhooks/causes.ts';
import {
  changeEventFaults,
  closedDossierEventFaults,
  missedChangeFaults,
} from './webhooks/changes.ts';
import { extraRequestFaults, payloadFaults } from './webhooks/payloads.ts';

const general: readonly FaultyServer[] = [
  ...envelopeFaults,
  ...timestampFaults,
  ...clockFaults,
  ...amountFaults,
  ...totalFaults,
  ...pageFaults,
  ...pageLengthFaults,
  ...exampleFieldFaults,
  ...filterFaults,
  ...ignoredParameterFaults,
  ...textFaults,
  ...idFaults,
];

const authentication: readonly FaultyServer[] = [
  ...keyFaults,
  ...keyFormatFaults,
  ...keyLocationFaults,
  ...expiryFaults,
  ...organizationFaults,
  ...sharedDataFaults,
  ...missingScopeFaults,
  ...neededScopeFaults,
  ...sufficientScopeFaults,
];

const contacts: readonly FaultyServer[] = [
  ...kindFaults,
  ...contactFieldFaults,
  ...contactTextFaults,
  ...contactMisreadingFaults,
  ...contactListFaults,
  ...poolFaults,
  ...searchFaults,
  ...searchResultFaults,
  ...emailFaults,
  ...emailRaceFaults,
  ...ownEmailFaults,
  ...dossierCountFaults,
  ...contactUpdateFaults,
  ...contactDeletionFaults,
];

const cv: readonly FaultyServer[] = [
  ...formFaults,
  ...formSyntaxFaults,
  ...rollbackFaults,
  ...uploadFaults,
  ...fileSizeFaults,
  ...fileTypeFaults,
];

const dossiers: readonly FaultyServer[] = [
  ...dossierTypeFaults,
  ...dossierStageFaults,
  ...firstStageFaults,
  ...dossierListFaults,
  ...dossierPageFaults,
  ...dossierCreationFaults,
  ...dossierMisreadingFaults,
  ...detailFaults,
  ...lostDetailFaults,
  ...dossierContactFaults,
  ...dossierUpdateFaults,
  ...sideEffectFaults,
  ...dossierFieldFaults,
  ...statusFaults,
  ...moveFaults,
  ...archivingFaults,
];

const errors: readonly FaultyServer[] = [
  ...errorBodyFaults,
  ...errorStatusFaults,
  ...invalidBodyFaults,
  ...unknownIdFaults,
  ...internalErrorFaults,
  ...crashFaults,
];

const flows: readonly FaultyServer[] = [...flowListFaults, ...flowStageFaults, ...stageOrderFaults];

const limits: readonly FaultyServer[] = [
  ...limitWindowFaults,
  ...limitHeaderFaults,
  ...limitFigureFaults,
];

const links: readonly FaultyServer[] = [
  ...roleFaults,
  ...roleMisreadingFaults,
  ...linkListFaults,
  ...linkingFaults,
  ...primaryFaults,
  ...unlinkingFaults,
];

const notes: readonly FaultyServer[] = [...noteListFaults, ...noteOrderFaults, ...noteFieldFaults];

const plans: readonly FaultyServer[] = planFaults;

const signatures: readonly FaultyServer[] = [
  ...signatureHeaderFaults,
  ...digestFaults,
  ...signedBytesFaults,
  ...signedTimestampFaults,
  ...unsignedExtraFaults,
];

const webhooks: readonly FaultyServer[] = [
  ...payloadFaults,
  ...changeEventFaults,
  ...missedChangeFaults,
  ...closedDossierEventFaults,
  ...archivingEventFaults,
  ...eventCauseFaults,
  ...refusedChangeEventFaults,
  ...extraRequestFaults,
];

/** All faulty servers, each with one fault. */
export const faultyServers: readonly FaultyServer[] = [
  ...general,
  ...authentication,
  ...plans,
  ...limits,
  ...errors,
  ...dossiers,
  ...cv,
  ...contacts,
  ...links,
  ...flows,
  ...notes,
  ...webhooks,
  ...signatures,
];
