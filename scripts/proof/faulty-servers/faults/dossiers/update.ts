import { type FaultyServer, inHandlers } from '../../faulty-server.ts';
import { type AnyCall, changeBody, changeCall, flowOf, type Item } from '../../inject/handlers.ts';

/** Faults in what an update changes, leaves unchanged and returns. */
export const dossierUpdateFaults: readonly FaultyServer[] = [
  inHandlers(
    'dossiers/first-field-only',
    'LG-DOS-067',
    'changes the first of the fields that it is sent',
    changeBody(['updateDossier'], (sent) => Object.fromEntries(Object.entries(sent).slice(0, 1))),
  ),
  inHandlers(
    'dossiers/no-change-once-won',
    'LG-DOS-067',
    'changes nothing but the status of a dossier that is won',
    changeCall('updateDossier', ({ params, body, organization }) => {
      if (organization.dossiers.get(params.id)?.status !== 'won') return {};
      return { body: body.status === undefined ? {} : { status: body.status } };
    }),
  ),
  inHandlers(
    'dossiers/currency-goes-with-amount',
    'LG-DOS-068',
    'forgets the currency when the amount alone is changed',
    changeBody(['updateDossier'], (sent) =>
      'deal_size' in sent && !('deal_currency' in sent) ? { ...sent, deal_currency: null } : sent,
    ),
  ),
  inHandlers(
    'dossiers/unassigned-by-move',
    'LG-DOS-068',
    'takes a dossier from its member when it moves on',
    changeBody(['updateDossier'], (sent) =>
      'current_stage_id' in sent ? { assigned_to: null, ...sent } : sent,
    ),
  ),
  inHandlers(
    'dossiers/cv-gone-with-name',
    'LG-DOS-068',
    'loses the CV of a dossier that gets another name',
    changeBody(['updateDossier'], (sent) => ('name' in sent ? { ...sent, cv_url: null } : sent)),
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

/** The fields that an update changes besides those that were sent. */
type Besides = (sent: Readonly<Item>, call: AnyCall) => Item | undefined;

/** A server whose updates change other fields too, unless these were sent. */
const changesBesides = (id: string, does: string, besides: Besides): FaultyServer =>
  inHandlers(
    `dossiers/${id}`,
    'LG-DOS-068',
    does,
    changeBody(['updateDossier'], (sent, call) => ({ ...besides(sent, call), ...sent })),
  );

const dossierOf = ({ organization, params }: AnyCall) =>
  organization.dossiers.get(params['id'] ?? '');

const stagesOf = (call: AnyCall): readonly string[] => {
  const dossier = dossierOf(call);
  return dossier ? flowOf(call.organization, dossier).stages.map(({ id }) => id) : [];
};

/** Faults by which an update of a field changes another field. */
export const sideEffectFaults: readonly FaultyServer[] = [
  changesBesides('won-moves', 'moves a dossier that is won to the last stage', (sent, call) =>
    sent['status'] === 'won' ? { current_stage_id: stagesOf(call).at(-1) } : undefined,
  ),
  changesBesides('lost-moves', 'moves a dossier that is lost to the first stage', (sent, call) =>
    sent['status'] === 'lost' ? { current_stage_id: stagesOf(call).at(0) } : undefined,
  ),
  changesBesides('last-stage-wins', 'sets a dossier in the last stage to won', (sent, call) =>
    sent['current_stage_id'] === stagesOf(call).at(-1) ? { status: 'won' } : undefined,
  ),
  changesBesides('move-reopens', 'makes a lost dossier active when it is moved', (sent, call) =>
    'current_stage_id' in sent && dossierOf(call)?.status === 'lost'
      ? { status: 'active' }
      : undefined,
  ),
  changesBesides(
    'move-restores',
    'takes a dossier out of the archive when it is moved',
    (sent, call) =>
      'current_stage_id' in sent && dossierOf(call)?.status === 'archived'
        ? { status: 'active' }
        : undefined,
  ),
  changesBesides(
    'renaming-restores',
    'takes a dossier out of the archive when it is renamed',
    (sent, call) =>
      'name' in sent && dossierOf(call)?.status === 'archived' ? { status: 'active' } : undefined,
  ),
  changesBesides('company-clears-role', 'clears the role with another company', (sent) =>
    'company' in sent ? { role: null } : undefined,
  ),
  changesBesides('assignment-clears-deal', 'clears the amount with the assignment', (sent, call) =>
    'assigned_to' in sent && dossierOf(call)?.type === 'sales' ? { deal_size: null } : undefined,
  ),
  changesBesides('email-clears-phone', 'clears the phone number with another address', (sent) =>
    'email' in sent ? { phone: null } : undefined,
  ),
  changesBesides('notes-clear-role', 'clears the role with other intake notes', (sent) =>
    'intake_notes' in sent ? { role: null } : undefined,
  ),
  changesBesides('won-unassigned', 'takes a won dossier from its member', (sent) =>
    sent['status'] === 'won' ? { assigned_to: null } : undefined,
  ),
  changesBesides('lost-clears-notes', 'clears the intake notes of a lost dossier', (sent) =>
    sent['status'] === 'lost' ? { intake_notes: null } : undefined,
  ),
  changesBesides(
    'archiving-clears-amount',
    'clears the amount of a sale whose status becomes archived',
    (sent, call) =>
      sent['status'] === 'archived' && dossierOf(call)?.type === 'sales'
        ? { deal_size: null }
        : undefined,
  ),
  changesBesides(
    'closed-currency-reset',
    'resets the currency when the amount of a closed dossier is changed',
    (sent, call) =>
      'deal_size' in sent && dossierOf(call)?.status === 'lost'
        ? { deal_currency: 'EUR' }
        : undefined,
  ),
];
