import { pageSizes } from '../../../../../conformance/contract/operations.ts';
import { onMutableRequest, onPage } from '../../../../../conformance/faults/inject.ts';
import { readContract } from '../../../../../openapi/contract.ts';
import { ok } from '../../../../../reference-server/http/handler.ts';
import { pageNewestFirst } from '../../../../../reference-server/state/page.ts';
import { type FaultyServer, faultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import { changeReply, flowOf, listDossiersBy, passesFilters } from '../../inject/handlers.ts';

/** Faults in which dossiers are listed. */
export const dossierListFaults: readonly FaultyServer[] = [
  faultyServer(
    'dossiers/types-of-everybody',
    'LG-DOS-006',
    'lists the dossiers of all organisations as soon as a type is asked for',
    ({ state, own }) => ({
      handlers: {
        listDossiers: (request) => {
          if (request.query.type === undefined) return own.listDossiers(request);
          const all = [...state.organizations.rows].flatMap(({ dossiers }) => [...dossiers.rows]);
          return ok(
            pageNewestFirst(all, request.query, (one) => passesFilters(one, request.query)),
          );
        },
      },
    }),
  ),
  faultyServer(
    'dossiers/last-page-filled-up',
    'LG-DOS-006',
    'fills a last page up with dossiers of others',
    ({ state, own }) => ({
      handlers: changeReply('listDossiers', ({ data }, { organization, query }) => {
        for (const { id, dossiers } of state.organizations.rows) {
          if (id === organization.id) continue;
          for (const one of dossiers.rows) {
            if (data.length < query.per_page && passesFilters(one, query)) data.push(one);
          }
        }
      })(own),
    }),
  ),
  inHandlers(
    'dossiers/filter-after-paging',
    'LG-DOS-007',
    'cuts the page before it looks at the type',
    (own) => ({
      listDossiers: (request) => {
        const { data, meta } = own.listDossiers({
          ...request,
          query: { ...request.query, type: undefined as never },
        }).body;
        const { type } = request.query;
        const total = own.listDossiers(request).body.meta.total;
        const passing = data.filter((dossier) => type === undefined || dossier.type === type);
        return ok({ data: passing, meta: { ...meta, total } });
      },
    }),
  ),
  inHandlers(
    'dossiers/type-forgotten-beyond-first',
    'LG-DOS-007',
    'forgets the type from the third page on',
    (own) => ({
      listDossiers: (request) => {
        if (request.query.page < 3) return own.listDossiers(request);
        const { rows } = request.organization.dossiers;
        const answer = own.listDossiers(request).body;
        const { data } = pageNewestFirst(rows, request.query, (one) =>
          passesFilters(one, request.query, 'type'),
        );
        return ok({ ...answer, data });
      },
    }),
  ),
  inHandlers(
    'dossiers/archived-means-closed',
    'LG-DOS-008',
    'lists what is lost among the archived',
    listDossiersBy(
      (dossier, query) =>
        passesFilters(dossier, query) ||
        (query.status === 'archived' &&
          dossier.status === 'lost' &&
          passesFilters(dossier, query, 'status')),
    ),
  ),
  inHandlers(
    'dossiers/won-without-company-unlisted',
    'LG-DOS-008',
    'joins the won dossiers with companies, and loses those without one',
    listDossiersBy(
      (dossier, query) =>
        passesFilters(dossier, query) && (query.status !== 'won' || dossier.company !== null),
    ),
  ),
  inHandlers(
    'dossiers/active-unless-asked',
    'LG-DOS-112',
    'lists active dossiers alone where no status is asked for',
    listDossiersBy(
      (dossier, query) =>
        passesFilters(dossier, query) &&
        (query.status !== undefined || dossier.status === 'active'),
    ),
  ),
  inHandlers(
    'dossiers/lost-by-stage-hidden',
    'LG-DOS-112',
    'hides lost dossiers where a stage, and no status, is asked for',
    listDossiersBy(
      (dossier, query) =>
        passesFilters(dossier, query) &&
        (query.status !== undefined || query.stage_id === undefined || dossier.status !== 'lost'),
    ),
  ),
  inHandlers(
    'dossiers/stage-by-name',
    'LG-DOS-009',
    'compares stages by their names',
    listDossiersBy((dossier, query, organization) => {
      if (query.stage_id === undefined) return passesFilters(dossier, query);
      const all = [...organization.flows.rows].flatMap((flow) => flow.stages);
      const name = all.find(({ id }) => id === query.stage_id)?.name;
      const own = all.find(({ id }) => id === dossier.current_stage_id)?.name;
      return passesFilters(dossier, query, 'stage_id') && own === name;
    }),
  ),
  inHandlers(
    'dossiers/later-stages-too',
    'LG-DOS-009',
    'lists under a stage all that have reached it',
    listDossiersBy((dossier, query, organization) => {
      const ids = flowOf(organization, dossier).stages.map(({ id }) => id);
      const reached = ids.slice(0, ids.indexOf(dossier.current_stage_id) + 1);
      const { stage_id } = query;
      const there = stage_id === undefined || reached.includes(stage_id);
      return there && passesFilters(dossier, query, 'stage_id');
    }),
  ),
];

const { maximum } = pageSizes(readContract(), 'listDossiers');

/** Faults in the page of dossiers that is returned, and in its size. */
export const dossierPageFaults: readonly FaultyServer[] = [
  onWire(
    'dossiers/pages-from-zero',
    'LG-DOS-011',
    'counts the pages from zero',
    onMutableRequest(({ method, url }) => {
      const page = url.searchParams.get('page');
      if (method !== 'GET' || !url.pathname.endsWith('/dossiers') || page === null) return;
      url.searchParams.set('page', String(Number(page) + 1));
    }),
  ),
  onWire(
    'dossiers/pages-of-fifty',
    'LG-DOS-012',
    'answers fifty dossiers unless it is told how many',
    onMutableRequest(({ method, url }) => {
      if (method !== 'GET' || !url.pathname.endsWith('/dossiers')) return;
      if (!url.searchParams.has('per_page')) url.searchParams.set('per_page', '50');
    }),
  ),
  onWire(
    'dossiers/pages-of-twenty-when-filtered',
    'LG-DOS-012',
    'answers twenty dossiers of one status unless it is told how many',
    onMutableRequest(({ method, url }) => {
      const { searchParams: query, pathname } = url;
      if (method !== 'GET' || !pathname.endsWith('/dossiers') || query.has('per_page')) return;
      if (query.has('status')) query.set('per_page', '20');
    }),
  ),
  onWire(
    'dossiers/ninety-nine',
    'LG-DOS-013',
    'drops the last one of a page of a hundred',
    onPage(['listDossiers'], ({ data }) => {
      if (data.length === maximum) data.pop();
    }),
  ),
  faultyServer(
    'dossiers/more-than-hundred-of-a-type',
    'LG-DOS-013',
    'looks at the size of a page only where nothing is filtered',
    ({ state }) => ({
      wire: (fetch, name) => async (request) => {
        const response = await fetch(request.clone());
        const url = new URL(request.url);
        const size = Number(url.searchParams.get('per_page'));
        if (name(request.method, request.url) !== 'listDossiers' || size <= maximum)
          return response;
        const type = url.searchParams.get('type');
        if (type === null) return response;
        url.searchParams.set('per_page', String(maximum));
        const probe = await fetch(new Request(url, request));
        const page = (await probe.json()) as { data: { id: string }[]; meta: object };
        const known = page.data[0]?.id ?? '';
        const org = [...state.organizations.rows].find(({ dossiers }) => dossiers.get(known));
        const data = org ? [...org.dossiers.by('type', type)].reverse().slice(0, size) : [];
        const body = JSON.stringify({ data, meta: { ...page.meta, per_page: size } });
        return new Response(body, { status: 200, headers: probe.headers });
      },
    }),
  ),
];
