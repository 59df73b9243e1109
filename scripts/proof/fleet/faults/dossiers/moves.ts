import { invalid } from '../../../../../reference-server/http/refusal.ts';
import { flowOf, rewrite } from '../../bend/dossiers.ts';
import { bendAsked, bendReply } from '../../bend/replies.ts';
import { before } from '../../bend/shown.ts';
import { fault, inHandlers, type Fault } from '../../fault.ts';

/** Moves from stage to stage. */
export const moves: readonly Fault[] = [
  inHandlers(
    'dossiers/no-way-back',
    'LG-DOS-083',
    'refuses to move a dossier to an earlier stage',
    before('updateDossier', ({ params, body, organization }) => {
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
    before('updateDossier', ({ params, body, organization }) => {
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
        rewrite(organization, params.id, { current_stage_id: stage });
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
        return { body: { data: rewrite(organization, params.id, place) } };
      },
    }),
  ),
  fault(
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
        const home = [...state.organizations.rows].find(({ dossiers }) => dossiers.get(id));
        const dossier = home?.dossiers.get(id);
        const last = home && dossier && flowOf(home, dossier).stages.at(-1);
        if (last) state.transact(() => rewrite(home, id, { current_stage_id: last.id }));
        return response;
      },
    }),
  ),
  fault(
    'dossiers/stage-of-namesake',
    'LG-DOS-084',
    'takes the stage of another organisation for the own stage of that name',
    ({ own, state }) => {
      const replace = bendAsked('updateDossier', ({ params, body, organization }) => {
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
    bendReply('updateDossier', ({ data }, { body, organization, params }) => {
      const dossier = organization.dossiers.get(params.id);
      const stages = dossier ? flowOf(organization, dossier).stages : [];
      const before = stages.at(-2);
      if (!before || stages.at(-1)?.id !== body.current_stage_id) return;
      data.current_stage_id = before.id;
      rewrite(organization, params.id, { current_stage_id: before.id });
    }),
  ),
];
