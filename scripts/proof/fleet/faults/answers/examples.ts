import { onData, onPage } from '../../../../../conformance/liars/answers.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { bendShown, type Item } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** Leaves members out of what an operation answers. */
const leaveOut = (operation: OperationId, ...names: readonly string[]) =>
  onData([operation], (shown) => {
    for (const name of names) Reflect.deleteProperty(shown, name);
  });

/** Leaves out the members of a changed thing that were sent, but for some. */
const leaveOutSent = (operation: OperationId, isLeftOut: (name: string, sent: Item) => boolean) =>
  bendShown([operation], (shown, { body }) => {
    for (const name of Object.keys(body)) {
      if (isLeftOut(name, body)) Reflect.deleteProperty(shown, name);
    }
  });

/** Answers that lack a member that the example of their operation shows. */
export const examples: readonly Fault[] = [
  inHandlers(
    'answers/status-only-unfiltered',
    'LG-DOS-102',
    'leaves the status out of lists of one status',
    bendShown(['listDossiers'], (dossier, { query: { status } }) => {
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
    bendShown(['createDossier'], (dossier) => {
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
    bendShown(['updateDossier'], (dossier, { body }) => {
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
    bendShown(['listContacts'], (contact, { query: { search } }) => {
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
    bendShown(['listFlows'], (flow) => {
      if (flow['is_default'] === true) return;
      for (const stage of flow['stages'] as Item[]) stage['color'] = null;
    }),
  ),
  inHandlers(
    'answers/no-nested-colors',
    'LG-FLO-022',
    'shows colours only where stages are read by themselves',
    bendShown(['listFlows'], (flow) => {
      for (const stage of flow['stages'] as Item[]) Reflect.deleteProperty(stage, 'color');
    }),
  ),
];
