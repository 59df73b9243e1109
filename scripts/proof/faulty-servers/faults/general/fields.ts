import { onData, onPage, onResponse } from '../../../../../conformance/faults/inject.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { notFound } from '../../../../../reference-server/http/refusals.ts';
import { type FaultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import { beforeOperation, changeItems, type Item } from '../../inject/handlers.ts';

/** Omits fields from the response of an operation. */
const leaveOut = (operation: OperationId, ...names: readonly string[]) =>
  onData([operation], (shown) => {
    for (const name of names) Reflect.deleteProperty(shown, name);
  });

/** Omits fields that were sent from the response, if they meet a condition. */
const leaveOutSent = (operation: OperationId, isExcluded: (name: string, sent: Item) => boolean) =>
  changeItems([operation], (shown, { body }) => {
    for (const name of Object.keys(body)) {
      if (isExcluded(name, body)) Reflect.deleteProperty(shown, name);
    }
  });

/** Responses without a field that the documented example of the operation has. */
export const exampleFieldFaults: readonly FaultyServer[] = [
  inHandlers(
    'answers/status-only-unfiltered',
    'LG-DOS-102',
    'leaves the status out of lists of one status',
    changeItems(['listDossiers'], (dossier, { query: { status } }) => {
      if (status !== undefined) Reflect.deleteProperty(dossier, 'status');
    }),
  ),
  onWire(
    'answers/list-without-age',
    'LG-DOS-102',
    'lists dossiers without the moment of their creation',
    leaveOut('listDossiers', 'created_at'),
  ),
  onWire(
    'answers/age-of-new-dossier-missing',
    'LG-DOS-103',
    'answers the creation of a dossier without its moment',
    leaveOut('createDossier', 'created_at'),
  ),
  inHandlers(
    'answers/age-of-sales-null',
    'LG-DOS-103',
    'answers the creation of a sale with null for its moment',
    changeItems(['createDossier'], (dossier) => {
      if (dossier['type'] === 'sales') dossier['created_at'] = null;
    }),
  ),
  onWire(
    'answers/changes-by-id',
    'LG-DOS-104',
    'answers a change with the id, the stage and the status alone',
    leaveOut(
      'updateDossier',
      ...['name', 'company', 'contact_person', 'deal_size', 'deal_currency', 'assigned_to'],
    ),
  ),
  inHandlers(
    'answers/amount-without-currency',
    'LG-DOS-104',
    'leaves a new currency out of the answer where an amount comes with it',
    leaveOutSent('updateDossier', (name, sent) => name === 'deal_currency' && 'deal_size' in sent),
  ),
  inHandlers(
    'answers/new-member-unanswered',
    'LG-DOS-104',
    'answers null for the member that a dossier was just assigned to',
    changeItems(['updateDossier'], (dossier, { body }) => {
      if ('assigned_to' in body) dossier['assigned_to'] = null;
    }),
  ),
  onWire(
    'answers/contacts-without-age',
    'LG-CON-082',
    'lists contacts without the moment of their creation',
    leaveOut('listContacts', 'created_at'),
  ),
  inHandlers(
    'answers/found-without-age',
    'LG-CON-082',
    'lists what a search finds without the moment of its creation',
    changeItems(['listContacts'], (contact, { query: { search } }) => {
      if (search !== undefined) Reflect.deleteProperty(contact, 'created_at');
    }),
  ),
  onWire(
    'answers/age-of-new-contact-missing',
    'LG-CON-083',
    'answers the creation of a contact without its moment',
    leaveOut('createContact', 'created_at'),
  ),
  onWire(
    'answers/changed-phone-unanswered',
    'LG-CON-084',
    'answers the change of a contact without phone, profile and notes',
    leaveOut('updateContact', 'phone', 'linkedin_url', 'notes'),
  ),
  inHandlers(
    'answers/single-change-unanswered',
    'LG-CON-084',
    'leaves a field of a contact that is changed alone out of the answer',
    leaveOutSent(
      'updateContact',
      (name, sent) => !['kind', 'city'].includes(name) && Object.keys(sent).length === 1,
    ),
  ),
  onWire(
    'answers/notes-without-size',
    'LG-GEN-019',
    'leaves the page size out of the meta of notes',
    onPage(['listDossierNotes'], ({ meta }) => {
      delete meta['per_page'];
    }),
  ),
  onWire(
    'answers/stages-without-page',
    'LG-GEN-019',
    'gives the total of stages alone in meta',
    onPage(['listFlowStages'], ({ meta }) => {
      delete meta['page'];
      delete meta['per_page'];
    }),
  ),
  onWire(
    'answers/page-where-asked-for',
    'LG-GEN-019',
    'gives the number of a page of contacts only where one was asked for',
    onPage(['listContacts'], ({ meta }, { searchParams }) => {
      if (!searchParams.has('page')) delete meta['page'];
    }),
  ),
  inHandlers(
    'answers/colors-of-defaults',
    'LG-FLO-022',
    'lists the colours of stages of default flows alone',
    changeItems(['listFlows'], (flow) => {
      if (flow['is_default'] === true) return;
      for (const stage of flow['stages'] as Item[]) stage['color'] = null;
    }),
  ),
  inHandlers(
    'answers/no-nested-colors',
    'LG-FLO-022',
    'shows colours only where stages are read by themselves',
    changeItems(['listFlows'], (flow) => {
      for (const stage of flow['stages'] as Item[]) Reflect.deleteProperty(stage, 'color');
    }),
  ),
];

export const envelopeFaults: readonly FaultyServer[] = [
  inHandlers(
    'answers/stages-not-served',
    'LG-GEN-001',
    'does not know the path of the stages of a flow',
    beforeOperation('listFlowStages', () => {
      throw notFound('Path');
    }),
  ),
  onWire(
    'answers/no-change-of-contacts',
    'LG-GEN-001',
    'has no PATCH for contacts',
    onResponse(['updateContact'], (answer) => {
      answer.status = 405;
      answer.body = { error: { code: 'method_not_allowed', message: 'Use PUT.' } };
    }),
  ),
  onWire(
    'answers/plain-refusals',
    'LG-GEN-003',
    'refuses in plain text who lacks a scope',
    onResponse('all', (answer) => {
      if (answer.status !== 403) return;
      answer.headers.set('content-type', 'text/plain');
      answer.body = 'Forbidden';
    }),
  ),
  onWire(
    'answers/nothing-after-deletion',
    'LG-GEN-003',
    'answers a deletion without a body',
    onResponse(['deleteContact'], (answer) => {
      if (answer.status === 200) answer.body = '';
    }),
  ),
  onWire(
    'answers/bare-note',
    'LG-GEN-005',
    'answers a new note without data around it',
    onResponse(['createDossierNote'], (answer) => {
      if (answer.status < 300) answer.body = (answer.body as { data: unknown }).data;
    }),
  ),
  onWire(
    'answers/null-for-nothing',
    'LG-GEN-005',
    'has null in place of an empty list of dossiers',
    onPage(['listDossiers'], (page) => {
      if (page.data.length === 0) Object.assign(page, { data: null });
    }),
  ),
  onWire(
    'answers/single-item-alone',
    'LG-GEN-005',
    'takes the list away from around a single contact of a dossier',
    onPage(['listDossierContacts'], (page) => {
      if (page.data.length === 1) Object.assign(page, { data: page.data[0] });
    }),
  ),
];
