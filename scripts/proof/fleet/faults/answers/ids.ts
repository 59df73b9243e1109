import { onData } from '../../../../../conformance/liars/answers.ts';
import { bendReply } from '../../bend/replies.ts';
import { bendShown } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

const capitals = (item: Record<string, unknown>): void => {
  item['id'] = String(item['id']).toUpperCase();
};

export const ids: readonly Fault[] = [
  onWire(
    'answers/numbered-stages',
    'LG-GEN-044',
    'numbers the stages within flows',
    onData(['listFlows'], (flow) => {
      const stages = flow['stages'] as Record<string, unknown>[];
      for (const [index, stage] of stages.entries()) stage['id'] = `s${String(index + 1)}`;
    }),
  ),
  onWire(
    'answers/flows-by-name',
    'LG-GEN-044',
    'makes the ids of flows of their names',
    onData(['listFlows'], (flow) => {
      flow['id'] = String(flow['name']).toLowerCase().replaceAll(' ', '-');
    }),
  ),
  inHandlers(
    'answers/notes-counted-by-dossier',
    'LG-GEN-047',
    'numbers the notes of each dossier from one',
    bendReply('createDossierNote', ({ data }, { organization, params: { id } }) => {
      data.id = `note-${String(organization.notes.by('dossier', id).length)}`;
    }),
  ),
  inHandlers(
    'answers/other-id-in-list',
    'LG-GEN-047',
    'lists notes under other ids than it has answered',
    bendShown(['listDossierNotes'], capitals),
  ),
  inHandlers(
    'answers/id-by-address',
    'LG-GEN-047',
    'gives contacts with the same name one id in the list',
    bendReply('listContacts', ({ data }) => {
      const first = new Map<string, string>();
      for (const one of data) {
        one.id = first.get(one.full_name) ?? one.id;
        first.set(one.full_name, one.id);
      }
    }),
  ),
];
