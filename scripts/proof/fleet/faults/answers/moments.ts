import { onData } from '../../../../../conformance/liars/answers.ts';
import { inEvents } from '../../bend/events.ts';
import { bendShown } from '../../bend/shown.ts';
import { inHandlers, onWire, type Fault } from '../../fault.ts';

const moment = 'created_at';

export const moments: readonly Fault[] = [
  inHandlers(
    'answers/local-moments',
    'LG-GEN-008',
    'tells in local time when a contact was created',
    bendShown(['createContact', 'listContacts', 'getContact'], (contact) => {
      contact[moment] = String(contact[moment]).replace('Z', '+02:00');
    }),
  ),
  inHandlers(
    'answers/moments-without-zone',
    'LG-GEN-008',
    'leaves out the time zone where it shows a single dossier',
    bendShown(['getDossier'], (dossier) => {
      dossier[moment] = String(dossier[moment]).replace('Z', '');
    }),
  ),
  onWire(
    'answers/moments-of-the-database',
    'LG-GEN-008',
    'tells of notes when they were added as its database writes it',
    onData(['createDossierNote', 'listDossierNotes'], (note) => {
      note[moment] = String(note[moment]).replace('T', ' ').replace('Z', '+00');
    }),
  ),
  inEvents(
    'answers/seconds-in-events',
    'LG-GEN-008',
    'tells in seconds when the dossier of an event was created',
    (event) => {
      const created = event.data[moment];
      if (typeof created === 'string') event.data[moment] = Date.parse(created) / 1000;
      return event;
    },
  ),
];
