import { bendAsked, bendReply } from '../../bend/replies.ts';
import { flowOf, listThose, passes, rewrite } from '../../bend/dossiers.ts';
import { fault, inHandlers, type Fault } from '../../fault.ts';

/** In which flow and stage a dossier is. */
export const stages: readonly Fault[] = [
  inHandlers(
    'dossiers/stage-of-birth',
    'LG-DOS-002',
    'retrieves a dossier in the stage in which it began',
    bendReply('getDossier', ({ data }, { organization }) => {
      const [first] = flowOf(organization, data as { flow_id: string }).stages;
      if (first) data.current_stage_id = first.id;
    }),
  ),
  inHandlers(
    'dossiers/stage-kept-in-history',
    'LG-DOS-002',
    'lists a dossier under the first stage of its flow as well as its own',
    listThose(
      (dossier, query, organization) =>
        passes(dossier, query) ||
        (passes(dossier, query, 'stage_id') &&
          flowOf(organization, dossier).stages[0]?.id === query.stage_id),
    ),
  ),
  inHandlers(
    'dossiers/flow-of-first-row',
    'LG-DOS-003',
    'shows the first flow of the organisation beside every dossier that it lists',
    bendReply('listDossiers', ({ data }, { organization }) => {
      const flow = organization.flows.rows.at(0);
      for (const dossier of data) if (flow) dossier.flow_id = flow.id;
    }),
  ),
  fault(
    'dossiers/stage-of-first-organization',
    'LG-DOS-003',
    'remembers for all organisations in which stage a type starts',
    ({ own }) => {
      const starts = new Map<string, string>();
      const replace = bendReply('createDossier', ({ data }, { organization, body }) => {
        if (body.flow_id !== undefined) return;
        const start = starts.get(data.type) ?? data.current_stage_id;
        starts.set(data.type, start);
        data.current_stage_id = start;
        rewrite(organization, data.id, { current_stage_id: start });
      });
      return { handlers: replace(own) };
    },
  ),
  inHandlers(
    'dossiers/newest-flow-for-default',
    'LG-DOS-022',
    'puts a dossier into the newest flow of its type',
    bendAsked('createDossier', ({ body, organization }) => {
      const flow = [...organization.flows.rows].findLast(({ type }) => type === body.type);
      return { body: { flow_id: flow?.id, ...body } };
    }),
  ),
  inHandlers(
    'dossiers/default-of-candidates',
    'LG-DOS-022',
    'puts a sale into the default flow of candidates',
    bendReply('createDossier', ({ data }, { organization, body }) => {
      const flow = organization.flows.by('default', 'candidate').at(0);
      const [first] = flow?.stages ?? [];
      if (body.flow_id !== undefined || !flow || !first) return;
      const place = { flow_id: flow.id, current_stage_id: first.id };
      Object.assign(data, place);
      rewrite(organization, data.id, place);
    }),
  ),
  inHandlers(
    'dossiers/first-by-name',
    'LG-DOS-023',
    'starts in the stage that comes first in the alphabet',
    bendReply('createDossier', ({ data }, { organization, body }) => {
      const { stages } = flowOf(organization, data as { flow_id: string });
      const [first] = stages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      if (body.flow_id !== undefined || !first) return;
      data.current_stage_id = first.id;
      rewrite(organization, data.id, { current_stage_id: first.id });
    }),
  ),
  inHandlers(
    'dossiers/position-zero-overlooked',
    'LG-DOS-023',
    'looks for positions from one only',
    bendReply('createDossier', ({ data }, { organization, body }) => {
      const { stages } = flowOf(organization, data as { flow_id: string });
      const first = stages.find(({ position }) => position > 0);
      if (body.flow_id !== undefined || !first) return;
      data.current_stage_id = first.id;
      rewrite(organization, data.id, { current_stage_id: first.id });
    }),
  ),
  inHandlers(
    'dossiers/last-stage-of-given-flow',
    'LG-DOS-025',
    'starts in the last stage of a flow that is given',
    bendReply('createDossier', ({ data }, { organization, body }) => {
      const last = flowOf(organization, data as { flow_id: string }).stages.at(-1);
      if (body.flow_id === undefined || !last) return;
      data.current_stage_id = last.id;
      rewrite(organization, data.id, { current_stage_id: last.id });
    }),
  ),
  inHandlers(
    'dossiers/given-flow-by-name',
    'LG-DOS-025',
    'starts in the stage of a given flow that comes first in the alphabet',
    bendReply('createDossier', ({ data }, { organization, body }) => {
      const { stages } = flowOf(organization, data as { flow_id: string });
      const [first] = stages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
      if (body.flow_id === undefined || !first) return;
      data.current_stage_id = first.id;
      rewrite(organization, data.id, { current_stage_id: first.id });
    }),
  ),
  inHandlers(
    'dossiers/flow-for-candidates-only',
    'LG-DOS-024',
    'heeds the flow of candidates, and not that of sales',
    bendAsked('createDossier', ({ body }) =>
      body.type === 'sales' ? { body: { ...body, flow_id: undefined } } : {},
    ),
  ),
  inHandlers(
    'dossiers/flow-of-contact',
    'LG-DOS-024',
    'heeds no flow where a contact is given',
    bendAsked('createDossier', ({ body }) =>
      body.contact_id ? { body: { ...body, flow_id: undefined } } : {},
    ),
  ),
];
