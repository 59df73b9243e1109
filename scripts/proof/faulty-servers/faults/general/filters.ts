import {
  type Fault,
  ignoreQueryParameters,
  onRequest,
} from '../../../../../conformance/faults/inject.ts';
import type { RequirementId } from '../../../../../openapi/register.ts';
import { type FaultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import { changeList } from '../../inject/handlers.ts';

type List = 'listDossiers' | 'listContacts' | 'listFlows';

/** Ignores a filter in the queries that meet a condition. */
const ignoreFilterWhen = (
  operation: List,
  filter: string,
  applies: (query: URLSearchParams) => boolean,
): Fault =>
  onRequest([operation], (request) => {
    const url = new URL(request.url);
    if (applies(url.searchParams)) url.searchParams.delete(filter);
    return Promise.resolve(new Request(url, request));
  });

const isLaterPage = (query: URLSearchParams): boolean => Number(query.get('page') ?? 1) > 1;
const closed = ['won', 'lost', 'archived'];
const isClosed = (query: URLSearchParams): boolean => closed.includes(query.get('status') ?? '');

/** A server that ignores a filter in the queries that meet a condition. */
const ignoresFilter = (
  id: string,
  breaks: RequirementId,
  does: string,
  [operation, filter]: readonly [List, string],
  applies: (query: URLSearchParams) => boolean,
): FaultyServer =>
  onWire(`answers/${id}`, breaks, does, ignoreFilterWhen(operation, filter, applies));

const hasSeveralKinds = (query: URLSearchParams): boolean => query.getAll('kind').length > 1;

/** Filters that are ignored in some queries. */
export const ignoredParameterFaults: readonly FaultyServer[] = [
  ignoresFilter(
    'type-of-closed',
    'LG-GEN-023',
    'overlooks the type of dossiers that aren’t active',
    ['listDossiers', 'type'],
    isClosed,
  ),
  ignoresFilter(
    'stage-of-closed',
    'LG-GEN-023',
    'overlooks the stage of dossiers that aren’t active',
    ['listDossiers', 'stage_id'],
    isClosed,
  ),
  ignoresFilter(
    'status-on-later-pages',
    'LG-DOS-008',
    'overlooks the status from page 2 on',
    ['listDossiers', 'status'],
    isLaterPage,
  ),
  ignoresFilter(
    'stage-on-later-pages',
    'LG-DOS-009',
    'overlooks the stage from page 2 on',
    ['listDossiers', 'stage_id'],
    isLaterPage,
  ),
  ignoresFilter(
    'kind-on-later-pages',
    'LG-CON-005',
    'overlooks the kind from page 2 on',
    ['listContacts', 'kind'],
    isLaterPage,
  ),
  ignoresFilter(
    'search-on-later-pages',
    'LG-CON-012',
    'overlooks the search from page 2 on',
    ['listContacts', 'search'],
    isLaterPage,
  ),
  ignoresFilter(
    'pool-on-later-pages',
    'LG-CON-008',
    'overlooks the pool from page 2 on',
    ['listContacts', 'pool'],
    isLaterPage,
  ),
  ignoresFilter(
    'pool-of-several-kinds',
    'LG-GEN-023',
    'overlooks the pool with several kinds',
    ['listContacts', 'pool'],
    hasSeveralKinds,
  ),
  ignoresFilter(
    'search-of-several-kinds',
    'LG-GEN-023',
    'overlooks the search with several kinds',
    ['listContacts', 'search'],
    hasSeveralKinds,
  ),
  ignoresFilter(
    'search-of-expired',
    'LG-GEN-023',
    'overlooks the search among the expired',
    ['listContacts', 'search'],
    (query) => query.get('pool') === 'expired',
  ),
  inHandlers(
    'answers/total-of-later-pages',
    'LG-GEN-015',
    'counts the contacts of all kinds from page 2 on',
    (own) => ({
      listContacts: (call) => {
        const { body } = own.listContacts(call);
        const { kind, ...query } = call.query;
        if (!kind || query.page === 1) return { body };
        const { total } = own.listContacts({ ...call, query }).body.meta;
        return { body: { ...body, meta: { ...body.meta, total } } };
      },
    }),
  ),
  inHandlers(
    'answers/total-of-active',
    'LG-GEN-015',
    'counts the active dossiers of a type, and lists them all',
    (own) => ({
      listDossiers: (call) => {
        const { body } = own.listDossiers(call);
        const { query } = call;
        if (query.type === undefined || query.status !== undefined) return { body };
        const active = { ...query, status: 'active' as const };
        const { total } = own.listDossiers({ ...call, query: active }).body.meta;
        return { body: { ...body, meta: { ...body.meta, total } } };
      },
    }),
  ),
  inHandlers(
    'answers/total-of-kinds-added-up',
    'LG-GEN-015',
    'adds up the totals of several kinds, so that who has two of them counts twice',
    (own) => ({
      listContacts: (call) => {
        const { body } = own.listContacts(call);
        const { kind = [] } = call.query;
        if (kind.length < 2) return { body };
        const totals = kind.map((one) => {
          const query = { ...call.query, kind: [one] };
          return own.listContacts({ ...call, query }).body.meta.total;
        });
        const total = totals.reduce((sum, one) => sum + one, 0);
        return { body: { ...body, meta: { ...body.meta, total } } };
      },
    }),
  ),
];

export const filterFaults: readonly FaultyServer[] = [
  onWire(
    'answers/stage-beats-type',
    'LG-GEN-023',
    'overlooks the type of dossiers where a status is given',
    onRequest(['listDossiers'], (request) => {
      const url = new URL(request.url);
      if (url.searchParams.has('status')) url.searchParams.delete('type');
      return Promise.resolve(new Request(url, request));
    }),
  ),
  inHandlers(
    'answers/any-filter-will-do',
    'LG-GEN-023',
    'lists the contacts that are of the kind or match the search',
    (own) => ({
      listContacts: (call) => {
        const { kind, search, ...rest } = call.query;
        if (!kind?.length || !search) return own.listContacts(call);
        const everything = { ...rest, page: 1, per_page: Number.MAX_SAFE_INTEGER };
        const idsBy = (query: typeof call.query) =>
          own.listContacts({ ...call, query }).body.data.map(({ id }) => id);
        const matchingIds = new Set<unknown>([
          ...idsBy({ ...everything, kind }),
          ...idsBy({ ...everything, search }),
        ]);
        const choose = changeList('listContacts', (items) =>
          items.filter(({ id }) => matchingIds.has(id)),
        );
        const query = { ...rest, page: call.query.page, per_page: call.query.per_page };
        return choose(own).listContacts?.({ ...call, query }) ?? own.listContacts(call);
      },
    }),
  ),
  onWire(
    'answers/three-filters-are-two',
    'LG-GEN-023',
    'overlooks the stage where type and status are given too',
    (fetch, name) => {
      const overlook = ignoreQueryParameters('listDossiers', 'stage_id')(fetch, name);
      return (request) => {
        const { searchParams } = new URL(request.url);
        const all = ['type', 'status', 'stage_id'].every((one) => searchParams.has(one));
        return all ? overlook(request) : fetch(request);
      };
    },
  ),
];
