import { Refusal } from '../../../../../reference-server/http/refusal.ts';
import { tell } from '../../bend/events.ts';
import { inHandlers, type Fault } from '../../fault.ts';

/** Events of what was refused, or failed. */
export const undone: readonly Fault[] = [
  inHandlers(
    'webhooks/failed-upload-told',
    'LG-WEB-025',
    'tells of an upload before the CV is stored',
    (own) => ({
      uploadDossierCv: (asked) => {
        try {
          return own.uploadDossierCv(asked);
        } catch (failure) {
          const { organization, params, clock } = asked;
          if (!(failure instanceof Refusal))
            tell(organization, 'dossier.updated', { id: params.id }, clock.now());
          throw failure;
        }
      },
    }),
  ),
  inHandlers(
    'webhooks/refused-move-told',
    'LG-WEB-025',
    'tells of a move before it looks for the stage',
    (own) => ({
      updateDossier: (asked) => {
        try {
          return own.updateDossier(asked);
        } catch (refusal) {
          const { organization, params, body, clock } = asked;
          const { current_stage_id: stage } = body;
          const data = { id: params.id, current_stage_id: stage, status: 'active' };
          const isMove = stage !== undefined && organization.dossiers.get(params.id) !== undefined;
          if (isMove) tell(organization, 'dossier.stage_changed', data, clock.now());
          throw refusal;
        }
      },
    }),
  ),
];
