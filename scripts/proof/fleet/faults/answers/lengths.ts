import { onPage } from '../../../../../conformance/liars/answers.ts';
import { rechoose } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

/** Lists within a dossier or a flow that are longer than somebody thought. */
export const lengths: readonly Fault[] = [
  inHandlers(
    'answers/twenty-notes',
    'LG-NOT-001',
    'lists the first twenty notes of a dossier',
    rechoose('listDossierNotes', (notes) => notes.slice(0, 20)),
  ),
  inHandlers(
    'answers/twenty-people',
    'LG-LNK-004',
    'lists twenty contacts of a dossier',
    rechoose('listDossierContacts', (contacts) => contacts.slice(0, 20)),
  ),
  onWire(
    'answers/one-note-told',
    'LG-GEN-018',
    'tells that its pages of notes have room for one',
    onPage(['listDossierNotes'], ({ meta }) => {
      meta['per_page'] = 1;
    }),
  ),
  onWire(
    'answers/one-person-told',
    'LG-GEN-018',
    'tells that its pages of contacts on a dossier have room for one',
    onPage(['listDossierContacts'], ({ meta }) => {
      meta['per_page'] = 1;
    }),
  ),
  onWire(
    'answers/ten-stages-told',
    'LG-GEN-018',
    'tells that ten stages are shown, and shows them all',
    onPage(['listFlowStages'], ({ meta }) => {
      meta['per_page'] = 10;
    }),
  ),
];
