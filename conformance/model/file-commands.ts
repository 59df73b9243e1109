import fc from 'fast-check';
import { dataOf } from '../context/answers.ts';
import { expectThat } from '../context/expectations.ts';
import { cvForm, formOf } from '../fixtures/forms.ts';
import { aCv, pdf } from '../generators/files.ts';
import { attempt, attemptRefused, type Command, command, ordinal, untouched } from './command.ts';
import { aDossierNumber, onDossier, touchedBy } from './dossier-commands.ts';
import { cvRefused, cvStored, reasonsAgainstWork } from './oracle-changes.ts';
import { Form } from '../http/form.ts';

type ModelUploadFormat = 'a form' | 'bytes alone';

/** Uploads a CV. */
const uploadCvCommand = (number: number, way: ModelUploadFormat): Command =>
  onDossier(
    `upload a CV for dossier ${ordinal(number)} as ${way}`,
    number,
    async (session, dossier) => {
      const { id } = dossier;
      const file = aCv(pdf(600 + session.oracle.made));
      const sent =
        way === 'a form'
          ? { body: cvForm(file) }
          : { body: file.bytes, headers: { 'content-type': file.type } };
      const permittedReasons = reasonsAgainstWork(session.oracle, dossier);
      const exchange = await attempt(
        session,
        'uploadDossierCv',
        { path: { id }, ...sent },
        permittedReasons,
      );
      if (exchange) {
        const { cv_url } = dataOf(exchange.json) as { cv_url?: unknown };
        const shown = `cv_url in the response to the upload for ${id}`;
        session.say({ part: 'dossierShown', field: 'cv_url', place: 'the response' });
        if (session.aspects.has('fields')) expectThat(Boolean(cv_url), shown, () => cv_url);
        cvStored(dossier);
      }
      return touchedBy(dossier);
    },
  );

/** Uploads a form without a file, which is refused. */
const uploadNothing = (number: number): Command =>
  onDossier(
    `upload a form without a file for dossier ${ordinal(number)}`,
    number,
    async (session, dossier) => {
      const form = new Form();
      form.set('comment', 'No file here.');
      const request = { path: { id: dossier.id }, body: form };
      const reasons = [400, ...reasonsAgainstWork(session.oracle, dossier)];
      await attemptRefused(session, 'uploadDossierCv', request, reasons);
      cvRefused(session.oracle, dossier);
      return touchedBy(dossier);
    },
  );

export const anUpload = (): fc.Arbitrary<Command> =>
  fc
    .tuple(aDossierNumber(), fc.constantFrom<ModelUploadFormat>('a form', 'bytes alone'))
    .map(([number, way]) => uploadCvCommand(number, way));

export const aRefusedUpload = (): fc.Arbitrary<Command> => aDossierNumber().map(uploadNothing);

/** The refusal of a file that can't be stored (LG-CV-009). */
const failed = [500, 502, 503];

/** Creates a dossier whose CV can't be stored; its contact may remain (LG-CV-008). */
const failCreation = command('create by a form whose file fails', async (session) => {
  const { org, oracle } = session;
  await org.failNext('upload');
  const name = `Undone ${String(oracle.made + 1)}`;
  oracle.made += 1;
  oracle.unknownItems += 1;
  const body = formOf({ type: 'candidate', name }, aCv());
  await attemptRefused(session, 'createDossier', { body }, failed);
  return untouched;
});

const failUpload = (number: number): Command =>
  onDossier(
    `upload a file that fails for dossier ${ordinal(number)}`,
    number,
    async (session, dossier) => {
      const { status } = Object.fromEntries(dossier.facts);
      // Others may be refused before the file is stored, and then the failure would stay armed.
      if (dossier.type !== 'candidate' || status === undefined || status === 'archived') {
        return untouched;
      }
      await session.org.failNext('upload');
      const request = { path: { id: dossier.id }, body: cvForm(aCv()) };
      await attemptRefused(session, 'uploadDossierCv', request, failed);
      cvRefused(session.oracle, dossier);
      return touchedBy(dossier);
    },
  );

/** An upload that can't be stored. */
export const aFailure = (): fc.Arbitrary<Command> =>
  fc.oneof(fc.constant(failCreation), aDossierNumber().map(failUpload));
