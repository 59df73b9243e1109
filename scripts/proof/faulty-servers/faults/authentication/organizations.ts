import { parseJson } from '../../../../../conformance/http/exchange.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { presentContact } from '../../../../../reference-server/contacts/rules.ts';
import { createSearch } from '../../../../../reference-server/contacts/search.ts';
import type { Organization } from '../../../../../reference-server/state/organization.ts';
import { type FaultyServer, faultyServer, type ServerInternals } from '../../faulty-server.ts';
import { changeReply } from '../../inject/handlers.ts';
import { onIncoming } from '../../inject/requests.ts';

/** All organisations but this one. */
const othersThan = ({ id }: Organization, { state }: ServerInternals): Organization[] =>
  [...state.organizations.rows].filter((one) => one.id !== id);

/** Faults by which lists show data of other organisations. */
export const organizationFaults: readonly FaultyServer[] = [
  faultyServer(
    'authentication/empty-list-filled',
    'LG-AUT-011',
    'fills an empty list of dossiers with those of others',
    (internals) => ({
      handlers: changeReply('listDossiers', ({ data, meta }, { organization, query }) => {
        if (organization.dossiers.rows.length > 0) return;
        const foreign = othersThan(organization, internals).flatMap(({ dossiers: { rows } }) => [
          ...rows,
        ]);
        data.push(...foreign.slice(0, query.per_page));
        meta.total = foreign.length;
      })(internals.own),
    }),
  ),
  faultyServer(
    'authentication/total-of-all',
    'LG-AUT-011',
    'counts the dossiers of all where a status is asked for',
    (internals) => ({
      handlers: changeReply('listDossiers', ({ meta }, { organization, query: { status } }) => {
        if (status === undefined) return;
        for (const { dossiers } of othersThan(organization, internals)) {
          meta.total += dossiers.by('status', status).length;
        }
      })(internals.own),
    }),
  ),
  faultyServer(
    'authentication/one-archive',
    'LG-AUT-011',
    'keeps archived dossiers apart, those of all in one place',
    (internals) => ({
      handlers: changeReply('listDossiers', ({ data, meta }, { organization, query }) => {
        if (query.status !== 'archived') return;
        for (const { dossiers } of othersThan(organization, internals)) {
          const archived = [...dossiers.by('status', 'archived')];
          data.push(...archived.slice(0, query.per_page - data.length));
          meta.total += archived.length;
        }
      })(internals.own),
    }),
  ),
  faultyServer(
    'authentication/search-everywhere',
    'LG-AUT-011',
    'finds people of other organisations too where somebody searches',
    (internals) => ({
      handlers: changeReply('listContacts', ({ data, meta }, { organization, query }) => {
        if (!query.search) return;
        for (const other of othersThan(organization, internals)) {
          const found = [...other.contacts.rows].filter(createSearch(query.search));
          data.push(...found.map((contact) => presentContact(other, contact)));
          meta.total += found.length;
        }
      })(internals.own),
    }),
  ),
  faultyServer(
    'authentication/flows-of-a-type',
    'LG-AUT-011',
    'lists the flows of all where flows of a type are asked for',
    (internals) => ({
      handlers: changeReply('listFlows', ({ data, meta }, { organization, query: { type } }) => {
        if (type === undefined) return;
        for (const { flows } of othersThan(organization, internals)) {
          const found = [...flows.rows].filter((flow) => flow.type === type && !flow.is_default);
          data.push(
            ...structuredClone(found.map((flow) => ({ ...flow, stages: [...flow.stages] }))),
          );
          meta.total += found.length;
        }
      })(internals.own),
    }),
  ),
  faultyServer(
    'authentication/lists-kept-by-url',
    'LG-AUT-011',
    'answers a list with what it kept of the same URL, even if another organisation had asked',
    onIncoming(() => {
      const kept = new Map<string, { asker: string; answer: Response }>();
      return async ({ request, operation, organization }, fetch) => {
        if (operation !== 'listContacts' || !organization) return fetch(request);
        const { url } = request;
        const known = kept.get(url);
        const isOther = known !== undefined && known.asker !== organization.id;
        const answer = isOther ? known.answer : await fetch(request);
        kept.set(url, { asker: organization.id, answer: answer.clone() });
        return answer.clone();
      };
    }),
  ),
];

type Item = Record<string, unknown>;

/** Omits items from a list that were created with another key. */
const hideFromOthers = (
  creation: OperationId,
  list: OperationId,
  hidden: (item: Item) => boolean,
): FaultyServer['inject'] =>
  onIncoming(() => {
    const makers = new Map<unknown, string | undefined>();
    return async ({ request, operation, key }, fetch) => {
      const response = await fetch(request);
      if (!response.ok || (operation !== creation && operation !== list)) return response;
      const body = parseJson(await response.clone().text()) as { data: Item };
      if (operation === creation) makers.set(body.data['id'], key?.id);
      if (operation !== list) return response;
      const shown = body as unknown as { data: Item[]; meta: { total: number } };
      const foreign = ({ id }: Item) => makers.has(id) && makers.get(id) !== key?.id;
      const data = shown.data.filter((item) => !(foreign(item) && hidden(item)));
      const total = shown.meta.total - (shown.data.length - data.length);
      const { status, headers } = response;
      const text = JSON.stringify({ data, meta: { ...shown.meta, total } });
      return new Response(text, { status, headers });
    };
  });

/** Faults that can be observed only with two keys of an organisation. */
export const sharedDataFaults: readonly FaultyServer[] = [
  faultyServer(
    'authentication/own-contacts',
    'LG-AUT-012',
    'lists the contacts alone that the same key created',
    hideFromOthers('createContact', 'listContacts', () => true),
  ),
  faultyServer(
    'authentication/own-notes',
    'LG-AUT-012',
    'shows internal notes to the key alone that wrote them',
    hideFromOthers('createDossierNote', 'listDossierNotes', (note) => note['is_internal'] === true),
  ),
  faultyServer(
    'authentication/own-sales',
    'LG-AUT-012',
    'lists sales dossiers to the key alone that created them',
    hideFromOthers('createDossier', 'listDossiers', (dossier) => dossier['type'] === 'sales'),
  ),
];
