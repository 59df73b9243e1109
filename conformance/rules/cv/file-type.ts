import { expectFileRefused } from '../../assertions/refusals.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { acceptOtherFiles, fileIn, onForm } from '../../faults/files.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { unusedWord } from '../../fixtures/contacts.ts';
import { createDossier, expectNoDossierNamed, retrieveDossier } from '../../fixtures/dossiers.ts';
import {
  createByForm,
  cvForm,
  formOf,
  unlabelledForm,
  uploadForm,
  uploadFormats,
} from '../../fixtures/forms.ts';
import { aCv, nonPdfFiles, unusualLabels } from '../../generators/files.ts';
import type { RawRequest } from '../../http/client.ts';

const otherFile = defineRule({
  id: 'cv/other-file',
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-CV-033'],
  sentence:
    "A creation with a file that isn't a PDF, by its type and its bytes, is refused and creates no dossier.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const word = await unusedWord(org);
    const draft = (name: string) => ({ type: 'candidate' as const, name });
    const invalidQueries: readonly ((name: string) => RawRequest)[] = [
      ...nonPdfFiles.map((file) => (name: string) => ({ body: formOf(draft(name), file) })),
      (name) => unlabelledForm(draft(name)),
    ];
    for (const [index, invalid] of invalidQueries.entries()) {
      const name = `With other file ${String(index + 1)} of ${word}`;
      context.about('LG-CV-033');
      expectFileRefused(context, await org.all.send('createDossier', invalid(name)));
      context.about('LG-CV-006');
      await expectNoDossierNamed(org, name);
      context.about('LG-CV-033');
      await createByForm(org, formOf(draft(`${name}, mended`), aCv()));
    }
  },
  fault: acceptOtherFiles('createDossier'),
});

/** As a form and as raw bytes, each with and without a media type. */
const invalidQueries: readonly RawRequest[] = [
  ...nonPdfFiles.flatMap((file) => [
    { body: cvForm(file) },
    { body: file.bytes, headers: { 'content-type': file.type } },
  ]),
  ...nonPdfFiles.slice(0, 1).map(({ bytes }) => ({ body: bytes })),
  unlabelledForm({}),
];

const uploadOtherFile = defineRule({
  id: 'cv/upload-other-file',
  level: 'MUST',
  verifies: ['LG-CV-033'],
  sentence:
    "An upload of a file that isn't a PDF, by its type and its bytes, is refused and stores no CV.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'Without another file' });
    const path = { id };
    for (const invalid of invalidQueries) {
      expectFileRefused(context, await org.all.send('uploadDossierCv', { ...invalid, path }));
      const { cv_url } = await retrieveDossier(org, id);
      expectEqual(cv_url ?? null, null, 'cv_url after a refusal');
    }
    for (const { succeed } of uploadFormats) await succeed(context, org, id, aCv());
    // A CV that the dossier already has makes no difference.
    for (const invalid of invalidQueries) {
      expectFileRefused(context, await org.all.send('uploadDossierCv', { ...invalid, path }));
    }
  },
  fault: acceptOtherFiles('uploadDossierCv'),
});

const otherLabel = defineRule({
  id: 'cv/other-label',
  level: 'SHOULD',
  verifies: ['LG-CV-022'],
  sentence:
    'A creation accepts a file that is a PDF by its first bytes, whatever its name and type.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const label of unusualLabels) {
      const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, { ...aCv(), ...label });
      const { cv_url } = await createByForm(org, form);
      expectThat(Boolean(cv_url), `cv_url for ${label.name}`, () => cv_url);
    }
  },
  // A server that goes by the file name, and ignores files without .pdf.
  fault: onForm(['createDossier'], (form) => {
    if (!fileIn(form, 'cv')?.name.endsWith('.pdf')) form.delete('cv');
    return form;
  }),
});

const uploadOtherLabel = defineRule({
  id: 'cv/upload-other-label',
  level: 'SHOULD',
  verifies: ['LG-CV-022'],
  sentence:
    'An uploaded form accepts a file that is a PDF by its first bytes, whatever its name and type.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'With an unusual CV' });
    for (const label of unusualLabels) {
      const { cv_url } = await uploadForm.succeed(context, org, id, { ...aCv(), ...label });
      expectThat(Boolean(cv_url), `cv_url for ${label.name}`, () => cv_url);
    }
  },
  // A server that goes by the file name, and ignores files without .pdf.
  fault: onForm(['uploadDossierCv'], (form) => {
    if (!fileIn(form, 'cv')?.name.endsWith('.pdf')) form.delete('cv');
    return form;
  }),
});

const encoder = new TextEncoder();

/** An image, a page, a PDF with another beginning, and three bytes. */
const nonPdfBytes = ['\u0089PNG\r\n\u001a\n', '<!doctype html><p>%PDF-1.4', ' %PDF-1.4\n', '%PD'];

const noPdf = defineRule({
  id: 'cv/no-pdf',
  level: 'SHOULD',
  verifies: ['LG-CV-021'],
  sentence:
    "A creation with a file that isn't a PDF by its first bytes is refused, whatever its declared type.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const word = await unusedWord(org);
    const [refused, taken] = [`With no PDF ${word}`, 'With a PDF'];
    for (const text of nonPdfBytes) {
      const form = formOf({ type: 'candidate', name: refused }, aCv(encoder.encode(text)));
      context.expect.refusal(await org.all.send('createDossier', { body: form }), 400);
    }
    await expectNoDossierNamed(org, refused);
    await createByForm(org, formOf({ type: 'candidate', name: taken }, aCv()));
  },
  fault: acceptRefused(400),
});

/** An image, a page, a PDF with another beginning, three bytes, and none. */
const notPdf = ['\u0089PNG\r\n\u001a\n', '<!doctype html><p>%PDF-1.4', ' %PDF-1.4\n', '%PD', ''];

const uploadNoPdf = defineRule({
  id: 'cv/upload-no-pdf',
  level: 'SHOULD',
  verifies: ['LG-CV-021', 'LG-CV-023'],
  sentence: "An upload that is empty or isn't a PDF by its first bytes is refused.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const upload of uploadFormats) {
      const name = `For ${upload.name} without a PDF`;
      const { id } = await createDossier(org, { type: 'candidate', name });
      for (const text of notPdf) {
        const file = aCv(encoder.encode(text));
        context.about(text === '' ? 'LG-CV-023' : 'LG-CV-021');
        context.expect.refusal(await upload.send(org, id, file), 400);
      }
      context.about('LG-CV-021');
      const { cv_url } = await retrieveDossier(org, id);
      expectEqual(cv_url ?? null, null, 'cv_url');
      await upload.succeed(context, org, id, aCv());
    }
  },
  fault: acceptRefused(400),
});

const emptyFile = defineRule({
  id: 'cv/empty-file',
  level: 'SHOULD',
  verifies: ['LG-CV-023'],
  sentence: 'A creation with an empty file is refused and creates no dossier.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const word = await unusedWord(org);
    const [refused, taken] = [`With an empty file ${word}`, 'With a PDF'];
    const empty = formOf({ type: 'candidate', name: refused }, aCv(new Uint8Array()));
    context.expect.refusal(await org.all.send('createDossier', { body: empty }), 400);
    await expectNoDossierNamed(org, refused);
    await createByForm(org, formOf({ type: 'candidate', name: taken }, aCv()));
  },
  // A server that ignores an empty file.
  fault: onForm(['createDossier'], (form) => {
    if (fileIn(form, 'cv')?.size === 0) form.delete('cv');
    return form;
  }),
});

export default [
  otherFile,
  uploadOtherFile,
  otherLabel,
  uploadOtherLabel,
  noPdf,
  uploadNoPdf,
  emptyFile,
] satisfies readonly Rule[];
