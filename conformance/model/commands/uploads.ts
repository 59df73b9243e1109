import fc from 'fast-check';
import { expectThat } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { dataOf } from '../../world/organization.ts';
import { pdf } from '../../world/pdf.ts';
import { cvForm } from '../../world/uploads.ts';
import { ordinal, type Command } from '../command.ts';
import { cvRefused, cvStored, reasonsAgainstWork } from '../oracle/dossiers.ts';
import { attempt, attemptInVain } from '../session.ts';
import { aDossierNumber, onDossier, touchedBy } from './dossiers.ts';

type Way = 'a form' | 'bytes alone';

/** Uploads a CV. */
const uploadCv = (number: number, way: Way): Command =>
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
      const excuses = reasonsAgainstWork(session.oracle, dossier);
      const exchange = await attempt(
        session,
        'uploadDossierCv',
        { path: { id }, ...sent },
        excuses,
      );
      if (exchange) {
        const { cv_url } = dataOf(exchange.json) as { cv_url?: unknown };
        const shown = `cv_url in the answer to the upload for ${id}`;
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
      const form = new FormData();
      form.set('comment', 'No file here.');
      const request = { path: { id: dossier.id }, body: form };
      const reasons = [400, ...reasonsAgainstWork(session.oracle, dossier)];
      await attemptInVain(session, 'uploadDossierCv', request, reasons);
      cvRefused(session.oracle, dossier);
      return touchedBy(dossier);
    },
  );

export const anUpload = (): fc.Arbitrary<Command> =>
  fc
    .tuple(aDossierNumber(), fc.constantFrom<Way>('a form', 'bytes alone'))
    .map(([number, way]) => uploadCv(number, way));

export const aVainUpload = (): fc.Arbitrary<Command> => aDossierNumber().map(uploadNothing);
