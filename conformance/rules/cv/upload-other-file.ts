import { takeOtherFiles } from '../../liars/other-files.ts';
import { defineRule } from '../../rule.ts';
import type { RawRequest } from '../../world/client.ts';
import { expectEqual } from '../../world/expectations.ts';
import { aCv } from '../../world/forms.ts';
import { expectFileRefused, otherFiles, unlabelledForm } from '../../world/other-files.ts';
import { retrieve } from '../../world/sightings.ts';
import { cvForm, uploads } from '../../world/uploads.ts';

/** By a form and by the bytes alone, each with a label and without one. */
const offences: readonly RawRequest[] = [
  ...otherFiles.flatMap((file) => [
    { body: cvForm(file) },
    { body: file.bytes, headers: { 'content-type': file.type } },
  ]),
  ...otherFiles.slice(0, 1).map(({ bytes }) => ({ body: bytes })),
  unlabelledForm({}),
];

export default defineRule({
  id: 'cv/upload-other-file',
  level: 'MUST',
  verifies: ['LG-CV-033'],
  sentence: 'An upload that is no PDF by its label and its bytes is refused, and gives no CV.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'To get no other file' });
    const path = { id };
    for (const offence of offences) {
      expectFileRefused(world, await home.all.send('uploadDossierCv', { ...offence, path }));
      const { cv_url } = await retrieve(world, home, id);
      expectEqual(cv_url ?? null, null, 'cv_url after a refusal');
    }
    for (const { succeed } of uploads) await succeed(world, home, id, aCv());
    // The CV that the dossier has by now makes no difference.
    for (const offence of offences) {
      expectFileRefused(world, await home.all.send('uploadDossierCv', { ...offence, path }));
    }
  },
  liar: takeOtherFiles('uploadDossierCv'),
});
