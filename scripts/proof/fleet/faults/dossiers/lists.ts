import { bendReply } from '../../bend/replies.ts';
import { flowOf, listThose, passes } from '../../bend/dossiers.ts';
import { fault, inHandlers, type Fault } from '../../fault.ts';
import { pageNewestFirst } from '../../../../../reference-server/state/page.ts';
import { ok } from '../../../../../reference-server/http/handler.ts';

/** Which dossiers a list has. */
export const lists: readonly Fault[] = [
  fault(
    'dossiers/types-of-everybody',
    'LG-DOS-006',
    'lists the dossiers of all organisations as soon as a type is asked for',
    ({ state, own }) => ({
      handlers: {
        listDossiers: (request) => {
          if (request.query.type === undefined) return own.listDossiers(request);
          const all = [...state.organizations.rows].flatMap(({ dossiers }) => [...dossiers.rows]);
          return ok(pageNewestFirst(all, request.query, (one) => passes(one, request.query)));
        },
      },
    }),
  ),
  fault(
    'dossiers/last-page-filled-up',
    'LG-DOS-006',
    'fills a last page up with dossiers of others',
    ({ state, own }) => ({
      handlers: bendReply('listDossiers', ({ data }, { organization, query }) => {
        for (const { id, dossiers } of state.organizations.rows) {
          if (id === organization.id) continue;
          for (const one of dossiers.rows) {
            if (data.length < query.per_page && passes(one, query)) data.push(one);
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
          passes(one, request.query, 'type'),
        );
        return ok({ ...answer, data });
      },
    }),
  ),
  inHandlers(
    'dossiers/archived-means-closed',
    'LG-DOS-008',
    'lists what is lost among the archived',
    listThose(
      (dossier, query) =>
        passes(dossier, query) ||
        (query.status === 'archived' &&
          dossier.status === 'lost' &&
          passes(dossier, query, 'status')),
    ),
  ),
  inHandlers(
    'dossiers/won-without-company-unlisted',
    'LG-DOS-008',
    'joins the won dossiers with companies, and loses those without one',
    listThose(
      (dossier, query) =>
        passes(dossier, query) && (query.status !== 'won' || dossier.company !== null),
    ),
  ),
  inHandlers(
    'dossiers/active-unless-asked',
    'LG-DOS-112',
    'lists active dossiers alone where no status is asked for',
    listThose(
      (dossier, query) =>
        passes(dossier, query) && (query.status !== undefined || dossier.status === 'active'),
    ),
  ),
  inHandlers(
    'dossiers/lost-by-stage-hidden',
    'LG-DOS-112',
    'hides lost dossiers where a stage, and no status, is asked for',
    listThose(
      (dossier, query) =>
        passes(dossier, query) &&
        (query.status !== undefined || query.stage_id === undefined || dossier.status !== 'lost'),
    ),
  ),
  inHandlers(
    'dossiers/stage-by-name',
    'LG-DOS-009',
    'compares stages by their names',
    listThose((dossier, query, organization) => {
      if (query.stage_id === undefined) return passes(dossier, query);
      const all = [...organization.flows.rows].flatMap((flow) => flow.stages);
      const name = all.find(({ id }) => id === query.stage_id)?.name;
      const own = all.find(({ id }) => id === dossier.current_stage_id)?.name;
      return passes(dossier, query, 'stage_id') && own === name;
    }),
  ),
  inHandlers(
    'dossiers/later-stages-too',
    'LG-DOS-009',
    'lists under a stage all that have reached it',
    listThose((dossier, query, organization) => {
      const ids = flowOf(organization, dossier).stages.map(({ id }) => id);
      const reached = ids.slice(0, ids.indexOf(dossier.current_stage_id) + 1);
      const { stage_id } = query;
      const there = stage_id === undefined || reached.includes(stage_id);
      return there && passes(dossier, query, 'stage_id');
    }),
  ),
];
