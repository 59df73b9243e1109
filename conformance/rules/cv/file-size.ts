import fc from 'fast-check';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { cvLimits } from '../../contract/operations.ts';
import { keepDossierWithoutFile, refuseLargeBodies, truncateFiles } from '../../faults/files.ts';
import { createDossier, expectNoDossierNamed, retrieveDossier } from '../../fixtures/dossiers.ts';
import { createByForm, formOf, uploadFormats } from '../../fixtures/forms.ts';
import { aCv, pdf } from '../../generators/files.ts';

const largeFile = defineRule({
  id: 'cv/large-file',
  heavy: true,
  level: 'MUST',
  verifies: ['LG-CV-017'],
  sentence: 'A new dossier accepts a PDF of the documented maximum size.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const file = aCv(pdf(cvLimits(context.contract).least));
    const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
    const { cv_url } = await createByForm(org, form);
    expectThat(Boolean(cv_url), 'cv_url in the response to the creation', () => cv_url);
  },
  fault: refuseLargeBodies(5_000_000),
});

const uploadLargeFile = defineRule({
  id: 'cv/upload-large-file',
  heavy: true,
  level: 'MUST',
  verifies: ['LG-CV-017'],
  sentence: 'An upload accepts a PDF of the documented maximum size.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'To get a large CV' });
    const file = aCv(pdf(cvLimits(context.contract).least));
    for (const upload of uploadFormats) {
      const { cv_url } = await upload.succeed(context, org, id, file);
      expectThat(Boolean(cv_url), `cv_url after ${upload.name}`, () => cv_url);
    }
  },
  fault: refuseLargeBodies(5_000_000),
});

const tooLarge = defineRule({
  id: 'cv/too-large',
  heavy: true,
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-CV-018'],
  sentence: 'A creation with a PDF that is too large is refused, and no dossier exists afterwards.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { least, most } = cvLimits(context.contract);
    await context.property(
      // Each case sends twenty megabytes, too many for shrinking.
      [fc.noShrink(fc.uuid({ version: 4 }))],
      async (mark) => {
        const name = `Too large ${mark}`;
        const invalid = formOf({ type: 'candidate', name }, aCv(pdf(most + 1)));
        context.about('LG-CV-018');
        const refused = await org.all.send('createDossier', { body: invalid });
        expectPermittedRefusal(context, refused, ['LG-CV-020']);
        context.about('LG-CV-006');
        await expectNoDossierNamed(org, name);
        context.about('LG-CV-018');
        const control = formOf({ type: 'candidate', name: 'Small enough' }, aCv(pdf(least)));
        await createByForm(org, control);
      },
      1,
    );
  },
  fault: keepDossierWithoutFile,
});

const uploadTooLarge = defineRule({
  id: 'cv/upload-too-large',
  heavy: true,
  level: 'MUST',
  verifies: ['LG-CV-018'],
  sentence: 'An upload of a PDF that is too large is refused, and no CV is stored.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { least, most } = cvLimits(context.contract);
    for (const upload of uploadFormats) {
      const draft = { type: 'candidate' as const, name: `For too large a CV in ${upload.name}` };
      const { id } = await createDossier(org, draft);
      const refused = await upload.send(org, id, aCv(pdf(most + 1)));
      expectPermittedRefusal(context, refused, ['LG-CV-020']);
      const { cv_url } = await retrieveDossier(org, id);
      expectEqual(cv_url ?? null, null, 'cv_url after a refusal');
      await upload.succeed(context, org, id, aCv(pdf(least)));
    }
  },
  // A server that stores only the part of a file that fits.
  fault: truncateFiles(10_000_000),
});

const largestFile = defineRule({
  id: 'cv/largest-file',
  heavy: true,
  level: 'SHOULD',
  verifies: ['LG-CV-019', 'LG-CV-020'],
  sentence:
    'A new dossier accepts a file of exactly 10 × 1024 × 1024 bytes, and one byte more is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { most } = cvLimits(context.contract);
    const form = (size: number) =>
      formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv(pdf(size)));
    context.about('LG-CV-020');
    const refused = await org.all.send('createDossier', { body: form(most + 1) });
    context.expect.refusal(refused, 400);
    context.about('LG-CV-019');
    await createByForm(org, form(most));
  },
  fault: refuseLargeBodies(10_200_000),
});

const uploadLargestFile = defineRule({
  id: 'cv/upload-largest-file',
  heavy: true,
  level: 'SHOULD',
  verifies: ['LG-CV-019', 'LG-CV-020'],
  sentence:
    'An upload accepts a file of exactly 10 × 1024 × 1024 bytes, and one byte more is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { most } = cvLimits(context.contract);
    const { id } = await createDossier(org, { type: 'candidate', name: 'To get the largest CV' });
    for (const upload of uploadFormats) {
      context.about('LG-CV-020');
      context.expect.refusal(await upload.send(org, id, aCv(pdf(most + 1))), 400);
      context.about('LG-CV-019');
      await upload.succeed(context, org, id, aCv(pdf(most)));
    }
  },
  fault: refuseLargeBodies(10_200_000),
});

export default [
  largeFile,
  uploadLargeFile,
  tooLarge,
  uploadTooLarge,
  largestFile,
  uploadLargestFile,
] satisfies readonly Rule[];
