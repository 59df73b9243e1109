import { onData } from '../../../../../conformance/liars/answers.ts';
import { notFound } from '../../../../../reference-server/http/refusal.ts';
import { flowOf, listThose, passes, rewrite } from '../../bend/dossiers.ts';
import { bendAsked, bendReply } from '../../bend/replies.ts';
import { andThen, before } from '../../bend/shown.ts';
import { at, fault, inHandlers, onWire, type Fault } from '../../fault.ts';

/** Deleting dossiers, and bringing them back. */
export const archiving: readonly Fault[] = [
  inHandlers(
    'dossiers/won-stays-won',
    'LG-DOS-093',
    'leaves won dossiers as they are when they are deleted',
    (own) => ({
      archiveDossier: (request) => {
        const { organization, params } = request;
        const was = organization.dossiers.get(params.id);
        const reply = own.archiveDossier(request);
        if (was?.status === 'won') rewrite(organization, params.id, { status: 'won' });
        return reply;
      },
    }),
  ),
  inHandlers(
    'dossiers/deleted-means-lost',
    'LG-DOS-093',
    'makes a deleted dossier a lost one, and says that it is archived',
    andThen('archiveDossier', ({ organization, params: { id = '' } }) => {
      rewrite(organization, id, { status: 'lost' });
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
    before('getDossier', ({ organization, params: { id = '' } }) => {
      if (organization.dossiers.get(id)?.status === 'archived') throw notFound('Dossier');
    }),
  ),
  inHandlers(
    'dossiers/archive-of-sales-closed',
    'LG-DOS-095',
    'finds no archived sale by its id',
    before('getDossier', ({ organization, params: { id = '' } }) => {
      const dossier = organization.dossiers.get(id);
      if (dossier?.status === 'archived' && dossier.type === 'sales') throw notFound('Dossier');
    }),
  ),
  inHandlers(
    'dossiers/archived-among-active',
    'LG-DOS-096',
    'lists archived dossiers among the active as well',
    listThose(
      (dossier, query) =>
        passes(dossier, query) ||
        (query.status === 'active' &&
          dossier.status === 'archived' &&
          passes(dossier, query, 'status')),
    ),
  ),
  inHandlers(
    'dossiers/archive-of-one-type',
    'LG-DOS-096',
    'lists no archived candidates',
    listThose(
      (dossier, query) =>
        passes(dossier, query) && (query.status !== 'archived' || dossier.type === 'sales'),
    ),
  ),
  at(
    ['updateDossier'],
    inHandlers(
      'dossiers/restored-to-start',
      'LG-DOS-097',
      'takes a dossier that is restored back to its first stage',
      bendAsked('updateDossier', ({ params, body, organization }) => {
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
    andThen('archiveDossier', ({ organization: { links }, params: { id = '' } }) => {
      const primary = links.by('primary', id).at(0);
      if (primary) links.replace({ ...primary, is_primary: false });
    }),
  ),
  inHandlers(
    'dossiers/notes-opened',
    'LG-DOS-097',
    'shows internal notes to everybody after a dossier was deleted',
    andThen('archiveDossier', ({ organization: { notes }, params: { id = '' } }) => {
      for (const note of [...notes.by('dossier', id)]) {
        if (note.is_internal) notes.replace({ ...note, is_internal: false });
      }
    }),
  ),
  inHandlers(
    'dossiers/cv-gone-with-dossier',
    'LG-DOS-097',
    'deletes the CV of a dossier that is deleted',
    andThen('archiveDossier', ({ organization, params: { id = '' } }) => {
      rewrite(organization, id, { cv_url: null });
    }),
  ),
  inHandlers(
    'dossiers/amount-gone-by-change',
    'LG-DOS-068',
    'empties the amount of a dossier that is archived by a change of its status',
    bendReply('updateDossier', (_, { body, organization, params }) => {
      if (body.status === 'archived') rewrite(organization, params.id, { deal_size: null });
    }),
  ),
  inHandlers(
    'dossiers/restored-as-active',
    'LG-DOS-098',
    'restores whatever was archived as active',
    bendAsked('updateDossier', ({ params, body, organization }) =>
      organization.dossiers.get(params.id)?.status === 'archived' && body.status === 'lost'
        ? { body: { ...body, status: 'active' } }
        : {},
    ),
  ),
  fault(
    'dossiers/restored-once',
    'LG-DOS-098',
    'restores a dossier once, and not a second time',
    ({ own }) => {
      const restored = new Set<string>();
      const replace = bendAsked('updateDossier', ({ params, body, organization }) => {
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
