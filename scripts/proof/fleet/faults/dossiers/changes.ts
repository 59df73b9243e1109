import { bendAsked } from '../../bend/replies.ts';
import { bendSent } from '../../bend/shown.ts';
import { inHandlers, type Fault } from '../../fault.ts';

/** What a change changes, leaves alone and answers. */
export const changes: readonly Fault[] = [
  inHandlers(
    'dossiers/first-field-only',
    'LG-DOS-067',
    'changes the first of the fields that it is sent',
    bendSent(['updateDossier'], (sent) => Object.fromEntries(Object.entries(sent).slice(0, 1))),
  ),
  inHandlers(
    'dossiers/no-change-once-won',
    'LG-DOS-067',
    'changes nothing but the status of a dossier that is won',
    bendAsked('updateDossier', ({ params, body, organization }) => {
      if (organization.dossiers.get(params.id)?.status !== 'won') return {};
      return { body: body.status === undefined ? {} : { status: body.status } };
    }),
  ),
  inHandlers(
    'dossiers/currency-goes-with-amount',
    'LG-DOS-068',
    'forgets the currency when the amount alone is changed',
    bendSent(['updateDossier'], (sent) =>
      'deal_size' in sent && !('deal_currency' in sent) ? { ...sent, deal_currency: null } : sent,
    ),
  ),
  inHandlers(
    'dossiers/unassigned-by-move',
    'LG-DOS-068',
    'takes a dossier from its member when it moves on',
    bendSent(['updateDossier'], (sent) =>
      'current_stage_id' in sent ? { assigned_to: null, ...sent } : sent,
    ),
  ),
  inHandlers(
    'dossiers/cv-gone-with-name',
    'LG-DOS-068',
    'loses the CV of a dossier that gets another name',
    bendSent(['updateDossier'], (sent) => ('name' in sent ? { ...sent, cv_url: null } : sent)),
  ),
  inHandlers(
    'dossiers/answers-as-before',
    'LG-DOS-069',
    'answers a move with the stage that the dossier left',
    (own) => ({
      updateDossier: (request) => {
        const was = request.organization.dossiers.get(request.params.id);
        const { data } = own.updateDossier(request).body;
        return {
          body: { data: { ...data, ...(was && { current_stage_id: was.current_stage_id }) } },
        };
      },
    }),
  ),
  inHandlers(
    'dossiers/answers-one-of-two',
    'LG-DOS-069',
    'answers the old status where a stage is sent with it',
    (own) => ({
      updateDossier: (request) => {
        const was = request.organization.dossiers.get(request.params.id);
        const { data } = own.updateDossier(request).body;
        if (!was || request.body.current_stage_id === undefined) return { body: { data } };
        return { body: { data: { ...data, status: was.status } } };
      },
    }),
  ),
];
