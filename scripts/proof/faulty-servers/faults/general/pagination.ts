import { pageSizes } from '../../../../../conformance/contract/operations.ts';
import { onPage, onRequest } from '../../../../../conformance/faults/inject.ts';
import { readContract } from '../../../../../openapi/contract.ts';
import { type FaultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import { changeList, changeReply } from '../../inject/handlers.ts';

const { maximum } = pageSizes(readContract(), 'listDossiers');

export const pageFaults: readonly FaultyServer[] = [
  inHandlers(
    'answers/lost-on-exact-multiple',
    'LG-GEN-016',
    'loses the last dossier when the last page is full',
    changeReply('listDossiers', ({ data, meta }, { query: { page, per_page } }) => {
      if (page > 1 && page * per_page === meta.total) data.pop();
    }),
  ),
  inHandlers(
    'answers/offset-of-default-size',
    'LG-GEN-016',
    'skips 25 contacts for each page',
    (own) => ({
      listContacts: (call) => {
        const { page, per_page } = call.query;
        const query = { ...call.query, page: 1, per_page: Number.MAX_SAFE_INTEGER };
        const { data } = own.listContacts({ ...call, query }).body;
        const pageItems = data.slice((page - 1) * 25, (page - 1) * 25 + per_page);
        return { body: { data: pageItems, meta: { total: data.length, page, per_page } } };
      },
    }),
  ),
  inHandlers(
    'answers/last-page-filled-up',
    'LG-GEN-016',
    'fills up the last page of flows',
    (own) => ({
      listFlows: (call) => {
        const { body } = own.listFlows(call);
        const { page, per_page } = call.query;
        if (page === 1 || body.data.length === per_page || body.data.length === 0) return { body };
        const query = { ...call.query, page: 1, per_page: Number.MAX_SAFE_INTEGER };
        const { data } = own.listFlows({ ...call, query }).body;
        return { body: { ...body, data: data.slice(-per_page) } };
      },
    }),
  ),
  inHandlers(
    'answers/paged-before-filtered',
    'LG-GEN-016',
    'filters each page by itself',
    (own) => ({
      listDossiers: (call) => {
        const { type, status, stage_id, ...query } = call.query;
        const { total } = own.listDossiers(call).body.meta;
        const { data, meta } = own.listDossiers({ ...call, query }).body;
        const passing = data.filter(
          (one) =>
            (type ?? one.type) === one.type &&
            (status ?? one.status) === one.status &&
            (stage_id ?? one.current_stage_id) === one.current_stage_id,
        );
        return { body: { data: passing, meta: { ...meta, total } } };
      },
    }),
  ),
  inHandlers(
    'answers/namesakes-merged',
    'LG-GEN-017',
    'lists one contact only of those with the same name',
    changeList('listContacts', (items) => [
      ...new Map(items.map((one) => [one['full_name'], one])).values(),
    ]),
  ),
  inHandlers(
    'answers/order-by-page-parity',
    'LG-GEN-017',
    'sorts every other page of dossiers the other way',
    (own) => ({
      listDossiers: (call) =>
        changeList('listDossiers', (items) =>
          call.query.page % 2 === 0 ? items.reverse() : items,
        )(own).listDossiers?.(call) ?? own.listDossiers(call),
    }),
  ),
  inHandlers(
    'answers/ties-without-order',
    'LG-GEN-017',
    'leaves open how dossiers of the same second stand, from twelve on',
    changeList('listDossiers', (items, { query: { page } }) =>
      items.length < 12
        ? items
        : items.sort((one, other) => {
            const moment = String(other['created_at']).localeCompare(String(one['created_at']));
            const arbitraryOrder =
              String(one['id']).charCodeAt(page) - String(other['id']).charCodeAt(page);
            return moment === 0 ? arbitraryOrder : moment;
          }),
    ),
  ),
  onWire(
    'answers/first-digit-of-page',
    'LG-GEN-017',
    'reads the first digit alone of a page number',
    onRequest(['listDossiers', 'listFlows'], (request) => {
      const url = new URL(request.url);
      const page = url.searchParams.get('page');
      if (page) url.searchParams.set('page', page.slice(0, 1));
      return Promise.resolve(new Request(url, request));
    }),
  ),
  onWire(
    'answers/pages-from-zero',
    'LG-GEN-018',
    'tells the number of a page of flows as counted from zero',
    onPage(['listFlows'], ({ meta }) => {
      meta['page'] = Number(meta['page']) - 1;
    }),
  ),
  onWire(
    'answers/size-is-count',
    'LG-GEN-018',
    'tells how many contacts a page has for how many it may have',
    onPage(['listContacts'], ({ data, meta }) => {
      meta['per_page'] = data.length;
    }),
  ),
  inHandlers(
    'answers/large-sizes-told-wrongly',
    'LG-GEN-018',
    'tells the default size for pages of fifty dossiers and more',
    changeReply('listDossiers', ({ meta }) => {
      if (meta.per_page >= 50) meta.per_page = 25;
    }),
  ),
  onWire(
    'answers/size-asked-for',
    'LG-GEN-018',
    'puts a hundred dossiers on a page at most, and tells what was asked for',
    (fetch, name) => (request) => {
      const url = new URL(request.url);
      const call = Number(url.searchParams.get('per_page'));
      if (name(request.method, request.url) !== 'listDossiers' || call <= maximum)
        return fetch(request);
      url.searchParams.set('per_page', String(maximum));
      const changeMeta = onPage(['listDossiers'], ({ meta }) => {
        meta['per_page'] = call;
      });
      return changeMeta(fetch, name)(new Request(url, request));
    },
  ),
];

/** Faults in the lists within a dossier or a flow, where these are long. */
export const pageLengthFaults: readonly FaultyServer[] = [
  inHandlers(
    'answers/twenty-notes',
    'LG-NOT-001',
    'lists the first twenty notes of a dossier',
    changeList('listDossierNotes', (notes) => notes.slice(0, 20)),
  ),
  inHandlers(
    'answers/twenty-people',
    'LG-LNK-004',
    'lists twenty contacts of a dossier',
    changeList('listDossierContacts', (contacts) => contacts.slice(0, 20)),
  ),
  onWire(
    'answers/one-note-told',
    'LG-GEN-018',
    'tells that its pages of notes have room for one',
    onPage(['listDossierNotes'], ({ meta }) => {
      meta['per_page'] = 1;
    }),
  ),
  onWire(
    'answers/one-person-told',
    'LG-GEN-018',
    'tells that its pages of contacts on a dossier have room for one',
    onPage(['listDossierContacts'], ({ meta }) => {
      meta['per_page'] = 1;
    }),
  ),
  onWire(
    'answers/ten-stages-told',
    'LG-GEN-018',
    'tells that ten stages are shown, and shows them all',
    onPage(['listFlowStages'], ({ meta }) => {
      meta['per_page'] = 10;
    }),
  ),
];
