import { flowOf } from '../../bend/dossiers.ts';
import { bendSent, type AskedAnything, type Item } from '../../bend/shown.ts';
import { inHandlers, type Fault } from '../../fault.ts';

/** What a change of a dossier changes besides the fields that were sent. */
type Besides = (sent: Readonly<Item>, asked: AskedAnything) => Item | undefined;

/** A change that changes further fields, unless they were sent as well. */
const changesBesides = (id: string, does: string, besides: Besides): Fault =>
  inHandlers(
    `dossiers/${id}`,
    'LG-DOS-068',
    does,
    bendSent(['updateDossier'], (sent, asked) => ({ ...besides(sent, asked), ...sent })),
  );

const dossierOf = ({ organization, params }: AskedAnything) =>
  organization.dossiers.get(params['id'] ?? '');

const stagesOf = (asked: AskedAnything): readonly string[] => {
  const dossier = dossierOf(asked);
  return dossier ? flowOf(asked.organization, dossier).stages.map(({ id }) => id) : [];
};

/** The fields of a dossier that depend on one another where they must not. */
export const fieldsApart: readonly Fault[] = [
  changesBesides('won-moves', 'moves a dossier that is won to the last stage', (sent, asked) =>
    sent['status'] === 'won' ? { current_stage_id: stagesOf(asked).at(-1) } : undefined,
  ),
  changesBesides('lost-moves', 'moves a dossier that is lost to the first stage', (sent, asked) =>
    sent['status'] === 'lost' ? { current_stage_id: stagesOf(asked).at(0) } : undefined,
  ),
  changesBesides('last-stage-wins', 'sets a dossier in the last stage to won', (sent, asked) =>
    sent['current_stage_id'] === stagesOf(asked).at(-1) ? { status: 'won' } : undefined,
  ),
  changesBesides('move-reopens', 'makes a lost dossier active when it is moved', (sent, asked) =>
    'current_stage_id' in sent && dossierOf(asked)?.status === 'lost'
      ? { status: 'active' }
      : undefined,
  ),
  changesBesides(
    'move-restores',
    'takes a dossier out of the archive when it is moved',
    (sent, asked) =>
      'current_stage_id' in sent && dossierOf(asked)?.status === 'archived'
        ? { status: 'active' }
        : undefined,
  ),
  changesBesides(
    'renaming-restores',
    'takes a dossier out of the archive when it is renamed',
    (sent, asked) =>
      'name' in sent && dossierOf(asked)?.status === 'archived' ? { status: 'active' } : undefined,
  ),
  changesBesides('company-clears-role', 'clears the role with another company', (sent) =>
    'company' in sent ? { role: null } : undefined,
  ),
  changesBesides(
    'assignment-clears-deal',
    'clears the amount with the assignment',
    (sent, asked) =>
      'assigned_to' in sent && dossierOf(asked)?.type === 'sales' ? { deal_size: null } : undefined,
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
    (sent, asked) =>
      sent['status'] === 'archived' && dossierOf(asked)?.type === 'sales'
        ? { deal_size: null }
        : undefined,
  ),
  changesBesides(
    'closed-currency-reset',
    'resets the currency when the amount of a closed dossier is changed',
    (sent, asked) =>
      'deal_size' in sent && dossierOf(asked)?.status === 'lost'
        ? { deal_currency: 'EUR' }
        : undefined,
  ),
];
