import fc from 'fast-check';
import { aCv, formOf } from '../../world/forms.ts';
import { cvForm } from '../../world/uploads.ts';
import { command, ordinal, untouched, type Command } from '../command.ts';
import { cvRefused } from '../oracle/dossiers.ts';
import { attemptInVain } from '../session.ts';
import { aDossierNumber, onDossier, touchedBy } from './dossiers.ts';

/** What a file that can't be stored is answered with (LG-CV-009). */
const failed = [500, 502, 503];

/** Creates a dossier whose CV can't be stored; its contact may stay behind (LG-CV-008). */
const createInVain = command('create by a form whose file fails', async (session) => {
  const { home, oracle } = session;
  await home.failNext('upload');
  const name = `Undone ${String(oracle.made + 1)}`;
  oracle.made += 1;
  oracle.strays += 1;
  const body = formOf({ type: 'candidate', name }, aCv());
  await attemptInVain(session, 'createDossier', { body }, failed);
  return untouched;
});

const uploadInVain = (number: number): Command =>
  onDossier(
    `upload a file that fails for dossier ${ordinal(number)}`,
    number,
    async (session, dossier) => {
      const { status } = Object.fromEntries(dossier.facts);
      // Others may be refused before their file is looked at: then the fault would stay.
      if (dossier.type !== 'candidate' || status === undefined || status === 'archived') {
        return untouched;
      }
      await session.home.failNext('upload');
      const request = { path: { id: dossier.id }, body: cvForm(aCv()) };
      await attemptInVain(session, 'uploadDossierCv', request, failed);
      cvRefused(session.oracle, dossier);
      return touchedBy(dossier);
    },
  );

/** An upload that the storage fails to take. */
export const aFailure = (): fc.Arbitrary<Command> =>
  fc.oneof(fc.constant(createInVain), aDossierNumber().map(uploadInVain));
