import { invalid } from '../../../../../reference-server/http/refusals.ts';
import { type FaultyServer, faultyServer, inHandlers } from '../../faulty-server.ts';
import {
  beforeOperation,
  changeCall,
  changeReply,
  flowOf,
  listDossiersBy,
  passesFilters,
  rewriteDossier,
} from '../../inject/handlers.ts';

/** Faults in moves between stages. */
export const moveFaults: readonly FaultyServer[] = [
  inHandlers(
    'dossiers/no-way-back',
    'LG-DOS-083',
    'refuses to move a dossier to an earlier stage',
    beforeOperation('updateDossier', ({ params, body, organization }) => {
      const dossier = organization.dossiers.get(params['id'] ?? '');
      const ids = dossier ? flowOf(organization, dossier).stages.map(({ id }) => id) : [];
      const to = ids.indexOf(String(body['current_stage_id']));
      if (dossier && to >= 0 && to < ids.indexOf(dossier.current_stage_id))
        throw invalid('current_stage_id goes back.');
    }),
  ),
  inHandlers(
    'dossiers/no-leaps',
    'LG-DOS-083',
    'moves past three stages at most',
    beforeOperation('updateDossier', ({ params, body, organization }) => {
      const dossier = organization.dossiers.get(params['id'] ?? '');
      const ids = dossier ? flowOf(organization, dossier).stages.map(({ id }) => id) : [];
      const to = ids.indexOf(String(body['current_stage_id']));
      const from = ids.indexOf(dossier?.current_stage_id ?? '');
      if (to >= 0 && Math.abs(to - from) > 4) throw invalid('current_stage_id is too far away.');
    }),
  ),
  inHandlers(
    'dossiers/any-stage-of-organization',
    'LG-DOS-084',
    'moves a dossier to a stage of another flow',
    (own) => ({
      updateDossier: (request) => {
        const { body, organization, params } = request;
        const { current_stage_id: stage, ...others } = body;
        const flow = [...organization.flows.rows].find(({ stages }) =>
          stages.some(({ id }) => id === stage),
        );
        if (stage === undefined || !flow) return own.updateDossier(request);
        const { data } = own.updateDossier({ ...request, body: others }).body;
        rewriteDossier(organization, params.id, { current_stage_id: stage });
        return { body: { data: { ...data, current_stage_id: stage } } };
      },
    }),
  ),
  inHandlers(
    'dossiers/flow-follows-stage',
    'LG-DOS-084',
    'takes a dossier along to a flow of its type that is not the default',
    (own) => ({
      updateDossier: (request) => {
        const { body, organization, params } = request;
        const { current_stage_id: stage, ...others } = body;
        const dossier = organization.dossiers.get(params.id);
        const flow = [...organization.flows.rows].find(
          ({ stages, type, is_default }) =>
            !is_default && type === dossier?.type && stages.some(({ id }) => id === stage),
        );
        if (stage === undefined || !flow) return own.updateDossier(request);
        own.updateDossier({ ...request, body: others });
        const place = { flow_id: flow.id, current_stage_id: stage };
        return { body: { data: rewriteDossier(organization, params.id, place) } };
      },
    }),
  ),
  faultyServer(
    'dossiers/refused-but-moved',
    'LG-DOS-084',
    'refuses a stage of another flow, and starts the dossier anew all the same',
    ({ state }) => ({
      wire: (fetch, name) => async (request) => {
        const response = await fetch(request);
        if (name(request.method, request.url) !== 'updateDossier' || response.ok) return response;
        const { error } = (await response.clone().json()) as { error: { message: string } };
        if (!error.message.includes('current_stage_id')) return response;
        const id = request.url.split('/').at(-1) ?? '';
        const org = [...state.organizations.rows].find(({ dossiers }) => dossiers.get(id));
        const dossier = org?.dossiers.get(id);
        const last = org && dossier && flowOf(org, dossier).stages.at(-1);
        if (last) state.transact(() => rewriteDossier(org, id, { current_stage_id: last.id }));
        return response;
      },
    }),
  ),
  faultyServer(
    'dossiers/stage-of-namesake',
    'LG-DOS-084',
    'takes the stage of another organisation for the own stage of that name',
    ({ own, state }) => {
      const replace = changeCall('updateDossier', ({ params, body, organization }) => {
        const dossier = organization.dossiers.get(params.id);
        for (const { id, flows } of state.organizations.rows) {
          if (id === organization.id || !dossier) continue;
          const all = [...flows.rows].flatMap(({ stages }) => stages);
          const foreign = all.find((stage) => stage.id === body.current_stage_id);
          const { stages } = flowOf(organization, dossier);
          const like = stages.find(({ name }) => name === foreign?.name);
          if (like) return { body: { ...body, current_stage_id: like.id } };
        }
        return {};
      });
      return { handlers: replace(own) };
    },
  ),
  inHandlers(
    'dossiers/last-stage-out-of-reach',
    'LG-DOS-083',
    'stops before the last stage',
    changeReply('updateDossier', ({ data }, { body, organization, params }) => {
      const dossier = organization.dossiers.get(params.id);
      const stages = dossier ? flowOf(organization, dossier).stages : [];
      const before = stages.at(-2);
      if (!before || stages.at(-1)?.id !== body.current_stage_id) return;
      data.current_stage_id = before.id;
      rewriteDossier(organization, params.id, { current_stage_id: before.id });
    }),
  ),
];

/** Faults in the flow and the stage of a dossier. */
export const dossierStageFaults: readonly FaultyServer[] = [
  inHandlers(
    'dossiers/stage-of-birth',
    'LG-DOS-002',
    'retrieves a dossier in the stage in which it began',
    changeReply('getDossier', ({ data }, { organization }) => {
      const [first] = flowOf(organization, data as { flow_id: string }).stages;
      if (first) data.current_stage_id = first.id;
    }),
  ),
  inHandlers(
    'dossiers/stage-kept-in-history',
    'LG-DOS-002',
    'lists a dossier under the first stage of its flow as well as its own',
    listDossiersBy(
      (dossier, query, organization) =>
        passesFilters(dossier, query) ||
        (passesFilters(dossier, query, 'stage_id') &&
          flowOf(organization, dossier).stages[0]?.id === query.stage_id),
    ),
  ),
  inHandlers(
    'dossiers/flow-of-first-row',
    'LG-DOS-003',
    'shows the first flow of the organisation beside every dossier that it lists',
    changeReply('listDossiers', ({ data }, { organization }) => {
      const flow = organization.flows.rows.at(0);
      for (const dossier of data) if (flow) dossier.flow_id = flow.id;
    }),
  ),
  faultyServer(
    'dossiers/stage-of-first-organization',
    'LG-DOS-003',
    'remembers for all organisations in which stage a type starts',
    ({ own }) => {
      const starts = new Map<string, string>();
      const replace = changeReply('createDossier', ({ data }, { organization, body }) => {
        if (body.flow_id !== undefined) return;
        const start = starts.get(data.type) ?? data.current_stage_id;
        starts.set(data.type, start);
        data.current_stage_id = start;
        rewriteDossier(organization, data.id, { current_stage_id: start });
      });
      return { handlers: replace(own) };
    },
  ),
  inHandlers(
    'dossiers/newest-flow-for-default',
    'LG-DOS-022',
    'puts a dossier into the newest flow of its type',
    changeCall('createDossier', ({ body, organization }) => {
      const flow = [...organization.flows.rows].findLast(({ type }) => type === body.type);
      return { body: { flow_id: flow?.id, ...body } };
    }),
  ),
  inHandlers(
    'dossiers/default-of-candidates',
    'LG-DOS-022',
    'puts a sale into the default flow of candidates',
    changeReply('createDossier', ({ data }, { organization, body }) => {
      const flow = organization.flows.by('default', 'candidate').at(0);
      const [first] = flow?.stages ?? [];
      if (body.flow_id !== undefined || !flow || !first) return;
      const place = { flow_id: flow.id, current_stage_id: first.id };
      Object.assign(data, place);
      rewriteDossier(organization, data.id, place);
    }),
  ),
  inHandlers(
    'dossiers/first-by-name',
    'LG-DOS-023',
    'starts in the stage that comes first in the alphabet',
    changeReply('createDossier', ({ data }, { organization, body }) => {
      const { stages } = flowOf(organization, data as { flow_id: string });
      const [first] = stages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      if (body.flow_id !== undefined || !first) return;
      data.current_stage_id = first.id;
      rewriteDossier(organization, data.id, { current_stage_id: first.id });
    }),
  ),
  inHandlers(
    'dossiers/position-zero-overlooked',
    'LG-DOS-023',
    'looks for positions from one only',
    changeReply('createDossier', ({ data }, { organization, body }) => {
      const { stages } = flowOf(organization, data as { flow_id: string });
      const first = stages.find(({ position }) => position > 0);
      if (body.flow_id !== undefined || !first) return;
      data.current_stage_id = first.id;
      rewriteDossier(organization, data.id, { current_stage_id: first.id });
    }),
  ),
  inHandlers(
    'dossiers/last-stage-of-given-flow',
    'LG-DOS-025',
    'starts in the last stage of a flow that is given',
    changeReply('createDossier', ({ data }, { organization, body }) => {
      const last = flowOf(organization, data as { flow_id: string }).stages.at(-1);
      if (body.flow_id === undefined || !last) return;
      data.current_stage_id = last.id;
      rewriteDossier(organization, data.id, { current_stage_id: last.id });
    }),
  ),
  inHandlers(
    'dossiers/given-flow-by-name',
    'LG-DOS-025',
    'starts in the stage of a given flow that comes first in the alphabet',
    changeReply('createDossier', ({ data }, { organization, body }) => {
      const { stages } = flowOf(organization, data as { flow_id: string });
      const [first] = stages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      if (body.flow_id === undefined || !first) return;
      data.current_stage_id = first.id;
      rewriteDossier(organization, data.id, { current_stage_id: first.id });
    }),
  ),
  inHandlers(
    'dossiers/flow-for-candidates-only',
    'LG-DOS-024',
    'heeds the flow of candidates, and not that of sales',
    changeCall('createDossier', ({ body }) =>
      body.type === 'sales' ? { body: { ...body, flow_id: undefined } } : {},
    ),
  ),
  inHandlers(
    'dossiers/flow-of-contact',
    'LG-DOS-024',
    'heeds no flow where a contact is given',
    changeCall('createDossier', ({ body }) =>
      body.contact_id ? { body: { ...body, flow_id: undefined } } : {},
    ),
  ),
];
