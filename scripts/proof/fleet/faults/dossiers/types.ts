import { onData } from '../../../../../conformance/liars/answers.ts';
import { onSent } from '../../../../../conformance/liars/requests.ts';
import { bendReply } from '../../bend/replies.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** What a dossier is: its type, and the fields that answers about it must have. */
export const types: readonly Fault[] = [
  onWire(
    'dossiers/type-by-label',
    'LG-DOS-001',
    'lists a sale under the name that its users see',
    onData(['listDossiers'], (dossier) => {
      if (dossier['type'] === 'sales') dossier['type'] = 'Sales';
    }),
  ),
  inHandlers(
    'dossiers/type-by-content',
    'LG-DOS-001',
    'takes a sale without any of the fields for sales for a candidate',
    bendReply('getDossier', ({ data }) => {
      if (!data.contact_person && !data.deal_size) data.type = 'candidate';
    }),
  ),
  onWire(
    'dossiers/type-of-flow',
    'LG-DOS-029',
    'needs no type where a flow is named',
    onSent(['createDossier'], (body) =>
      'flow_id' in body ? { type: 'candidate', ...body } : body,
    ),
  ),
  onWire(
    'dossiers/type-of-old-name',
    'LG-DOS-029',
    'takes the name that sales had in an earlier version',
    onSent(['createDossier'], (body) =>
      body['type'] === 'lead' ? { ...body, type: 'sales' } : body,
    ),
  ),
  onWire(
    'dossiers/type-left-out-when-filtered',
    'LG-DOS-016',
    'leaves the type out of lists of one type',
    (fetch, name) => async (request) => {
      const filtered = new URL(request.url).searchParams.has('type');
      const bend = onData(['listDossiers'], (dossier) => {
        if (filtered) delete dossier['type'];
      });
      return bend(fetch, name)(request);
    },
  ),
  onWire(
    'dossiers/list-without-stage',
    'LG-DOS-016',
    'lists dossiers without their stage',
    onData(['listDossiers'], (dossier) => {
      delete dossier['current_stage_id'];
    }),
  ),
  onWire(
    'dossiers/nameless-answer',
    'LG-DOS-020',
    'does not repeat the name in the answer to a creation',
    onData(['createDossier'], (dossier) => {
      delete dossier['name'];
    }),
  ),
  onWire(
    'dossiers/stage-as-object',
    'LG-DOS-020',
    'embeds the stage in the answer to the creation of a sale',
    onData(['createDossier'], (dossier) => {
      if (dossier['type'] !== 'sales') return;
      dossier['current_stage'] = { id: dossier['current_stage_id'] };
      delete dossier['current_stage_id'];
    }),
  ),
  onWire(
    'dossiers/stage-later',
    'LG-DOS-066',
    'leaves the stage out when a dossier is retrieved',
    onData(['getDossier'], (dossier) => {
      delete dossier['current_stage_id'];
    }),
  ),
];
