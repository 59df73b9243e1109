// Generated from the files of this folder by `npm run generate`. Do not edit.

import type { Rule } from '../context/rule.ts';
import ambientEventBodies from './ambient/event-bodies.ts';
import ambientEventSignatures from './ambient/event-signatures.ts';
import ambientRateLimitHeaders from './ambient/rate-limit-headers.ts';
import ambientRefusals from './ambient/refusals.ts';
import ambientResponseBodies from './ambient/response-bodies.ts';
import toursAccess from './tours/access.ts';
import toursClock from './tours/clock.ts';
import toursContacts from './tours/contacts.ts';
import toursDossiers from './tours/dossiers.ts';
import toursFiles from './tours/files.ts';
import toursFlows from './tours/flows.ts';
import toursIsolation from './tours/isolation.ts';
import toursLinksAndNotes from './tours/links-and-notes.ts';
import toursRefusals from './tours/refusals.ts';
import toursWebhooks from './tours/webhooks.ts';
import authenticationApiKeys from './authentication/api-keys.ts';
import authenticationAuthorizationHeader from './authentication/authorization-header.ts';
import authenticationIsolation from './authentication/isolation.ts';
import authenticationKeyExpiry from './authentication/key-expiry.ts';
import authenticationRefusedRequests from './authentication/refused-requests.ts';
import authenticationScopes from './authentication/scopes.ts';
import plansRequiredPlan from './plans/required-plan.ts';
import limitsCountedRequests from './limits/counted-requests.ts';
import limitsHeaders from './limits/headers.ts';
import limitsRefusals from './limits/refusals.ts';
import limitsWindows from './limits/windows.ts';
import errorsAtomicity from './errors/atomicity.ts';
import errorsErrorCodes from './errors/error-codes.ts';
import errorsForeignIds from './errors/foreign-ids.ts';
import errorsInternalErrors from './errors/internal-errors.ts';
import errorsInvalidBodies from './errors/invalid-bodies.ts';
import errorsMalformedInput from './errors/malformed-input.ts';
import errorsNotFound from './errors/not-found.ts';
import generalIds from './general/ids.ts';
import generalInvalidValues from './general/invalid-values.ts';
import generalMediaTypes from './general/media-types.ts';
import generalNullValues from './general/null-values.ts';
import generalPageBounds from './general/page-bounds.ts';
import generalPageTotals from './general/page-totals.ts';
import generalPagination from './general/pagination.ts';
import generalQueryParameters from './general/query-parameters.ts';
import generalReadAfterWrite from './general/read-after-write.ts';
import generalRequestBodies from './general/request-bodies.ts';
import generalTextCharacters from './general/text-characters.ts';
import generalTextLengths from './general/text-lengths.ts';
import generalTimestamps from './general/timestamps.ts';
import generalUnknownFields from './general/unknown-fields.ts';
import dossiersArchiving from './dossiers/archiving.ts';
import dossiersAssignment from './dossiers/assignment.ts';
import dossiersChangeValidation from './dossiers/change-validation.ts';
import dossiersContactDetails from './dossiers/contact-details.ts';
import dossiersCreatedContact from './dossiers/created-contact.ts';
import dossiersDealFields from './dossiers/deal-fields.ts';
import dossiersFilters from './dossiers/filters.ts';
import dossiersFlowAndStage from './dossiers/flow-and-stage.ts';
import dossiersLinkedContact from './dossiers/linked-contact.ts';
import dossiersListPages from './dossiers/list-pages.ts';
import dossiersNewDossier from './dossiers/new-dossier.ts';
import dossiersPartialChanges from './dossiers/partial-changes.ts';
import dossiersResponseFields from './dossiers/response-fields.ts';
import dossiersRestoring from './dossiers/restoring.ts';
import dossiersStageMoves from './dossiers/stage-moves.ts';
import dossiersStatus from './dossiers/status.ts';
import dossiersTextFields from './dossiers/text-fields.ts';
import dossiersUnknownReferences from './dossiers/unknown-references.ts';
import cvCreationForm from './cv/creation-form.ts';
import cvCvUrl from './cv/cv-url.ts';
import cvFileField from './cv/file-field.ts';
import cvFileSize from './cv/file-size.ts';
import cvFileType from './cv/file-type.ts';
import cvFormFields from './cv/form-fields.ts';
import cvRollback from './cv/rollback.ts';
import cvUpload from './cv/upload.ts';
import contactsChangeEffects from './contacts/change-effects.ts';
import contactsChangedFields from './contacts/changed-fields.ts';
import contactsCombinedFilters from './contacts/combined-filters.ts';
import contactsDeletion from './contacts/deletion.ts';
import contactsDetailFields from './contacts/detail-fields.ts';
import contactsDossierCount from './contacts/dossier-count.ts';
import contactsDuplicateEmail from './contacts/duplicate-email.ts';
import contactsEmail from './contacts/email.ts';
import contactsKindFilter from './contacts/kind-filter.ts';
import contactsKinds from './contacts/kinds.ts';
import contactsListPages from './contacts/list-pages.ts';
import contactsNewContact from './contacts/new-contact.ts';
import contactsPartialChanges from './contacts/partial-changes.ts';
import contactsPool from './contacts/pool.ts';
import contactsRetrieval from './contacts/retrieval.ts';
import contactsSearchFields from './contacts/search-fields.ts';
import contactsSearchText from './contacts/search-text.ts';
import linksContactList from './links/contact-list.ts';
import linksLinking from './links/linking.ts';
import linksPrimaryContact from './links/primary-contact.ts';
import linksRepeatedLinks from './links/repeated-links.ts';
import linksUnlinking from './links/unlinking.ts';
import flowsFields from './flows/fields.ts';
import flowsFlowList from './flows/flow-list.ts';
import flowsStages from './flows/stages.ts';
import notesNoteFields from './notes/note-fields.ts';
import notesNoteList from './notes/note-list.ts';
import webhooksDelivery from './webhooks/delivery.ts';
import webhooksDossierCreated from './webhooks/dossier-created.ts';
import webhooksDossierDeleted from './webhooks/dossier-deleted.ts';
import webhooksDossierUpdated from './webhooks/dossier-updated.ts';
import webhooksEndpoints from './webhooks/endpoints.ts';
import webhooksEventBodies from './webhooks/event-bodies.ts';
import webhooksNoteCreated from './webhooks/note-created.ts';
import webhooksRetries from './webhooks/retries.ts';
import webhooksSilentRequests from './webhooks/silent-requests.ts';
import webhooksStageChanged from './webhooks/stage-changed.ts';
import signaturesHeaderFormat from './signatures/header-format.ts';
import signaturesSigning from './signatures/signing.ts';
import sequencesContacts from './sequences/contacts.ts';
import sequencesDossiers from './sequences/dossiers.ts';
import sequencesMixedOperations from './sequences/mixed-operations.ts';
import concurrencyDossiers from './concurrency/dossiers.ts';
import concurrencyDuplicateEmail from './concurrency/duplicate-email.ts';
import concurrencyLinks from './concurrency/links.ts';
import concurrencyRateLimit from './concurrency/rate-limit.ts';

/** Every rule of the suite, in the order in which a run reports them. */
export const rules: readonly Rule[] = [
  ...ambientEventBodies,
  ...ambientEventSignatures,
  ...ambientRateLimitHeaders,
  ...ambientRefusals,
  ...ambientResponseBodies,
  ...toursAccess,
  ...toursClock,
  ...toursContacts,
  ...toursDossiers,
  ...toursFiles,
  ...toursFlows,
  ...toursIsolation,
  ...toursLinksAndNotes,
  ...toursRefusals,
  ...toursWebhooks,
  ...authenticationApiKeys,
  ...authenticationAuthorizationHeader,
  ...authenticationIsolation,
  ...authenticationKeyExpiry,
  ...authenticationRefusedRequests,
  ...authenticationScopes,
  ...plansRequiredPlan,
  ...limitsCountedRequests,
  ...limitsHeaders,
  ...limitsRefusals,
  ...limitsWindows,
  ...errorsAtomicity,
  ...errorsErrorCodes,
  ...errorsForeignIds,
  ...errorsInternalErrors,
  ...errorsInvalidBodies,
  ...errorsMalformedInput,
  ...errorsNotFound,
  ...generalIds,
  ...generalInvalidValues,
  ...generalMediaTypes,
  ...generalNullValues,
  ...generalPageBounds,
  ...generalPageTotals,
  ...generalPagination,
  ...generalQueryParameters,
  ...generalReadAfterWrite,
  ...generalRequestBodies,
  ...generalTextCharacters,
  ...generalTextLengths,
  ...generalTimestamps,
  ...generalUnknownFields,
  ...dossiersArchiving,
  ...dossiersAssignment,
  ...dossiersChangeValidation,
  ...dossiersContactDetails,
  ...dossiersCreatedContact,
  ...dossiersDealFields,
  ...dossiersFilters,
  ...dossiersFlowAndStage,
  ...dossiersLinkedContact,
  ...dossiersListPages,
  ...dossiersNewDossier,
  ...dossiersPartialChanges,
  ...dossiersResponseFields,
  ...dossiersRestoring,
  ...dossiersStageMoves,
  ...dossiersStatus,
  ...dossiersTextFields,
  ...dossiersUnknownReferences,
  ...cvCreationForm,
  ...cvCvUrl,
  ...cvFileField,
  ...cvFileSize,
  ...cvFileType,
  ...cvFormFields,
  ...cvRollback,
  ...cvUpload,
  ...contactsChangeEffects,
  ...contactsChangedFields,
  ...contactsCombinedFilters,
  ...contactsDeletion,
  ...contactsDetailFields,
  ...contactsDossierCount,
  ...contactsDuplicateEmail,
  ...contactsEmail,
  ...contactsKindFilter,
  ...contactsKinds,
  ...contactsListPages,
  ...contactsNewContact,
  ...contactsPartialChanges,
  ...contactsPool,
  ...contactsRetrieval,
  ...contactsSearchFields,
  ...contactsSearchText,
  ...linksContactList,
  ...linksLinking,
  ...linksPrimaryContact,
  ...linksRepeatedLinks,
  ...linksUnlinking,
  ...flowsFields,
  ...flowsFlowList,
  ...flowsStages,
  ...notesNoteFields,
  ...notesNoteList,
  ...webhooksDelivery,
  ...webhooksDossierCreated,
  ...webhooksDossierDeleted,
  ...webhooksDossierUpdated,
  ...webhooksEndpoints,
  ...webhooksEventBodies,
  ...webhooksNoteCreated,
  ...webhooksRetries,
  ...webhooksSilentRequests,
  ...webhooksStageChanged,
  ...signaturesHeaderFormat,
  ...signaturesSigning,
  ...sequencesContacts,
  ...sequencesDossiers,
  ...sequencesMixedOperations,
  ...concurrencyDossiers,
  ...concurrencyDuplicateEmail,
  ...concurrencyLinks,
  ...concurrencyRateLimit,
];
