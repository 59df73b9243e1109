import { onData, onJsonBody } from '../../../../../conformance/faults/inject.ts';
import { invalid, notFound } from '../../../../../reference-server/http/refusals.ts';
import { at, type FaultyServer, faultyServer, inHandlers, onWire } from '../../faulty-server.ts';
import {
  afterOperation,
  beforeOperation,
  changeBody,
  changeCall,
  changeReply,
  flowOf,
  listDossiersBy,
  passesFilters,
  rewriteDossier,
} from '../../inject/handlers.ts';

/** Faults in archiving and restoring dossiers. */
export const archivingFaults: readonly FaultyServer[] = [
  inHandlers(
    'dossiers/won-stays-won',
    'LG-DOS-093',
    'leaves won dossiers as they are when they are deleted',
    (own) => ({
      archiveDossier: (request) => {
        const { organization, params } = request;
        const was = organization.dossiers.get(params.id);
        const reply = own.archiveDossier(request);
        if (was?.status === 'won') rewriteDossier(organization, params.id, { status: 'won' });
        return reply;
      },
    }),
  ),
  inHandlers(
    'dossiers/deleted-means-lost',
    'LG-DOS-093',
    'makes a deleted dossier a lost one, and says that it is archived',
    afterOperation('archiveDossier', ({ organization, params: { id = '' } }) => {
      rewriteDossier(organization, id, { status: 'lost' });
    }),
  ),
  onWire(
    'dossiers/says-deleted',
    'LG-DOS-094',
    'answers a deletion with the status deleted',
    onData(['archiveDossier'], (dossier) => {
      dossier['status'] = 'deleted';
    }),
  ),
  onWire(
    'dossiers/deletes-in-silence',
    'LG-DOS-094',
    'does not say which dossier it deleted',
    onData(['archiveDossier'], (dossier) => {
      delete dossier['id'];
    }),
  ),
  inHandlers(
    'dossiers/archive-closed',
    'LG-DOS-095',
    'finds no archived dossier by its id',
    beforeOperation('getDossier', ({ organization, params: { id = '' } }) => {
      if (organization.dossiers.get(id)?.status === 'archived') throw notFound('Dossier');
    }),
  ),
  inHandlers(
    'dossiers/archive-of-sales-closed',
    'LG-DOS-095',
    'finds no archived sale by its id',
    beforeOperation('getDossier', ({ organization, params: { id = '' } }) => {
      const dossier = organization.dossiers.get(id);
      if (dossier?.status === 'archived' && dossier.type === 'sales') throw notFound('Dossier');
    }),
  ),
  inHandlers(
    'dossiers/archived-among-active',
    'LG-DOS-096',
    'lists archived dossiers among the active as well',
    listDossiersBy(
      (dossier, query) =>
        passesFilters(dossier, query) ||
        (query.status === 'active' &&
          dossier.status === 'archived' &&
          passesFilters(dossier, query, 'status')),
    ),
  ),
  inHandlers(
    'dossiers/archive-of-one-type',
    'LG-DOS-096',
    'lists no archived candidates',
    listDossiersBy(
      (dossier, query) =>
        passesFilters(dossier, query) && (query.status !== 'archived' || dossier.type === 'sales'),
    ),
  ),
  at(
    ['updateDossier'],
    inHandlers(
      'dossiers/restored-to-start',
      'LG-DOS-097',
      'takes a dossier that is restored back to its first stage',
      changeCall('updateDossier', ({ params, body, organization }) => {
        const dossier = organization.dossiers.get(params.id);
        if (dossier?.status !== 'archived' || !body.status || body.status === 'archived') return {};
        const current_stage_id = flowOf(organization, dossier).stages[0]?.id;
        return { body: { current_stage_id, ...body } };
      }),
    ),
  ),
  inHandlers(
    'dossiers/primary-gone-with-dossier',
    'LG-DOS-097',
    'ends the place of the primary contact when a dossier is deleted',
    afterOperation('archiveDossier', ({ organization: { links }, params: { id = '' } }) => {
      const primary = links.by('primary', id).at(0);
      if (primary) links.replace({ ...primary, is_primary: false });
    }),
  ),
  inHandlers(
    'dossiers/notes-opened',
    'LG-DOS-097',
    'shows internal notes to everybody after a dossier was deleted',
    afterOperation('archiveDossier', ({ organization: { notes }, params: { id = '' } }) => {
      for (const note of [...notes.by('dossier', id)]) {
        if (note.is_internal) notes.replace({ ...note, is_internal: false });
      }
    }),
  ),
  inHandlers(
    'dossiers/cv-gone-with-dossier',
    'LG-DOS-097',
    'deletes the CV of a dossier that is deleted',
    afterOperation('archiveDossier', ({ organization, params: { id = '' } }) => {
      rewriteDossier(organization, id, { cv_url: null });
    }),
  ),
  inHandlers(
    'dossiers/amount-gone-by-change',
    'LG-DOS-068',
    'empties the amount of a dossier that is archived by a change of its status',
    changeReply('updateDossier', (_, { body, organization, params }) => {
      if (body.status === 'archived') rewriteDossier(organization, params.id, { deal_size: null });
    }),
  ),
  inHandlers(
    'dossiers/restored-as-active',
    'LG-DOS-098',
    'restores whatever was archived as active',
    changeCall('updateDossier', ({ params, body, organization }) =>
      organization.dossiers.get(params.id)?.status === 'archived' && body.status === 'lost'
        ? { body: { ...body, status: 'active' } }
        : {},
    ),
  ),
  faultyServer(
    'dossiers/restored-once',
    'LG-DOS-098',
    'restores a dossier once, and not a second time',
    ({ own }) => {
      const restored = new Set<string>();
      const replace = changeCall('updateDossier', ({ params, body, organization }) => {
        const archived = organization.dossiers.get(params.id)?.status === 'archived';
        if (!archived || body.status === undefined || body.status === 'archived') return {};
        if (restored.has(params.id)) return { body: { ...body, status: 'archived' } };
        restored.add(params.id);
        return {};
      });
      return { handlers: replace(own) };
    },
  ),
];

/** Faults in updates of status and assignment. */
export const statusFaults: readonly FaultyServer[] = [
  inHandlers(
    'dossiers/won-for-good',
    'LG-DOS-078',
    'never makes a won dossier a lost one',
    changeCall('updateDossier', ({ params, body, organization }) =>
      body.status === 'lost' && organization.dossiers.get(params.id)?.status === 'won'
        ? { body: { ...body, status: 'won' } }
        : {},
    ),
  ),
  inHandlers(
    'dossiers/candidates-cannot-win',
    'LG-DOS-078',
    'refuses to win a candidate',
    beforeOperation('updateDossier', ({ params, body, organization }) => {
      const type = organization.dossiers.get(params['id'] ?? '')?.type;
      if (body['status'] === 'won' && type === 'candidate') throw invalid('status is for sales.');
    }),
  ),
  onWire(
    'dossiers/closed-means-lost',
    'LG-DOS-079',
    'takes the word closed for lost',
    onJsonBody(['updateDossier'], (body) =>
      body['status'] === 'closed' ? { ...body, status: 'lost' } : body,
    ),
  ),
  onWire(
    'dossiers/status-by-beginning',
    'LG-DOS-079',
    'takes what begins like a status for that status',
    onJsonBody(['updateDossier'], (body) => {
      const known = ['active', 'won', 'lost', 'archived'];
      const like = known.find((one) => String(body['status']).startsWith(one));
      return like ? { ...body, status: like } : body;
    }),
  ),
  onWire(
    'dossiers/status-by-number',
    'LG-DOS-079',
    'takes numbers for the statuses in their order',
    onJsonBody(['updateDossier'], (body) => {
      const known = ['active', 'won', 'lost', 'archived'];
      const { status } = body;
      return typeof status === 'string' && /^[0-3]$/.test(status)
        ? { ...body, status: known[Number(status)] }
        : body;
    }),
  ),
  inHandlers(
    'dossiers/first-member-stays',
    'LG-DOS-080',
    'assigns what is assigned already to nobody else',
    changeCall('updateDossier', ({ params, body, organization }) => {
      const known = organization.dossiers.get(params.id)?.assigned_to;
      return known && body.assigned_to ? { body: { ...body, assigned_to: known } } : {};
    }),
  ),
  inHandlers(
    'dossiers/unassigned-to-first',
    'LG-DOS-081',
    'gives a dossier that is taken away to the first member',
    changeCall('updateDossier', ({ body, organization }) =>
      body.assigned_to === null
        ? { body: { ...body, assigned_to: organization.members.rows.at(0)?.id } }
        : {},
    ),
  ),
  inHandlers(
    'dossiers/unassigned-alone-only',
    'LG-DOS-081',
    'overlooks null for a member where other fields are changed too',
    changeBody(['updateDossier'], ({ assigned_to, ...others }) => ({
      ...others,
      ...(assigned_to !== undefined &&
        (assigned_to !== null || Object.keys(others).length === 0) && { assigned_to }),
    })),
  ),
];
