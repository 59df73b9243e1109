import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Dossier } from '../../contract/resources.ts';
import { fileIn, onForm } from '../../faults/files.ts';
import { createDossier, retrieveDossier } from '../../fixtures/dossiers.ts';
import { addFile, createByForm, cvForm, formOf, uploadForm } from '../../fixtures/forms.ts';
import { aCv } from '../../generators/files.ts';
import { Form } from '../../http/form.ts';

/** Forms with every field except `cv`. */
const forms = (): Form[] => {
  const [empty, text, file, like] = [new Form(), new Form(), new Form(), new Form()];
  text.set('name', 'cv');
  addFile(file, 'file', aCv());
  addFile(like, 'CV[]', aCv());
  return [text, file, like, empty];
};

const uploadWithoutField = defineRule({
  id: 'cv/upload-without-field',
  level: 'MUST',
  verifies: ['LG-CV-024', 'LG-ERR-013'],
  sentence: 'Uploading a form without the field `cv` is refused, and no CV is stored.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'Without a CV' });
    for (const body of forms()) {
      context.about('LG-CV-024', 'LG-ERR-013');
      context.expect.refusal(await org.all.send('uploadDossierCv', { path: { id }, body }), 400);
      context.about('LG-CV-024');
      const { cv_url } = await retrieveDossier(org, id);
      expectEqual(cv_url ?? null, null, 'cv_url');
    }
    await uploadForm.succeed(context, org, id, aCv());
    context.about('LG-CV-024', 'LG-ERR-013');
    // A CV that the dossier already has makes no difference.
    for (const body of forms()) {
      context.expect.refusal(await org.all.send('uploadDossierCv', { path: { id }, body }), 400);
    }
  },
  // A server that uses a file from any field.
  fault: onForm(['uploadDossierCv'], (form) => {
    const file = fileIn(form, 'file');
    if (file) form.set('cv', file);
    return form;
  }),
});

const textForFile = defineRule({
  id: 'cv/text-for-file',
  level: 'SHOULD',
  verifies: ['LG-CV-025'],
  sentence: 'A form field `cv` with text instead of a file is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    for (const text of ['%PDF-1.4\n%%EOF', 'cv.pdf', '']) {
      const form = formOf(draft);
      form.set('cv', text);
      context.expect.refusal(await org.all.send('createDossier', { body: form }), 400);
    }
    await createByForm(org, formOf(draft, aCv()));
  },
  fault: onForm(['createDossier'], (form) => {
    if (typeof form.get('cv') === 'string') form.delete('cv');
    return form;
  }),
});

const twoFiles = defineRule({
  id: 'cv/two-files',
  level: 'SHOULD',
  verifies: ['LG-CV-026'],
  sentence: 'A form with more than one file in `cv` is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    const body = formOf(draft, aCv(), aCv());
    context.expect.refusal(await org.all.send('createDossier', { body }), 400);
    await createByForm(org, formOf(draft, aCv()));
  },
  // A server that uses the last of several files.
  fault: onForm(['createDossier'], (form) => {
    form.set('cv', form.getAll('cv').at(-1) ?? '');
    return form;
  }),
});

const fileElsewhere = defineRule({
  id: 'cv/file-elsewhere',
  level: 'SHOULD',
  verifies: ['LG-CV-027'],
  sentence: 'Files in other fields of a form are ignored.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    const [withoutCv, withCv] = [formOf(draft), formOf(draft, aCv())];
    for (const form of [withoutCv, withCv]) addFile(form, 'photo', { ...aCv(), name: 'photo.pdf' });
    const { cv_url: none } = await createByForm(org, withoutCv);
    expectEqual(none ?? null, null, 'cv_url with a file in another field');
    const { cv_url: one } = await createByForm(org, withCv);
    expectThat(Boolean(one), 'cv_url with a CV beside it', () => one);
  },
  // A server that uses a file from any field.
  fault: onForm(['createDossier'], (form) => {
    form.set('cv', fileIn(form, 'photo') ?? '');
    return form;
  }),
});

const uploadOddForms = defineRule({
  id: 'cv/upload-odd-forms',
  level: 'SHOULD',
  verifies: ['LG-CV-025', 'LG-CV-026', 'LG-CV-027', 'LG-GEN-033'],
  sentence: 'Uploading a form needs exactly one file in `cv`, and its other fields are ignored.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'For other forms' });
    const send = (body: Form) => org.all.send('uploadDossierCv', { path: { id }, body });
    const texts = ['%PDF-1.4\n%%EOF', 'cv.pdf', ''].map((text) => {
      const form = new Form();
      form.set('cv', text);
      return form;
    });
    context.about('LG-CV-025');
    for (const form of texts) context.expect.refusal(await send(form), 400);
    context.about('LG-CV-026');
    context.expect.refusal(await send(cvForm(aCv(), aCv())), 400);
    await uploadForm.succeed(context, org, id, aCv());
    const more = cvForm(aCv());
    addFile(more, 'photo', { ...aCv(), name: 'photo.pdf' });
    more.set('name', 'Renamed by a form');
    context.about('LG-CV-027', 'LG-GEN-033');
    const exchange = await send(more);
    context.expect.success(exchange);
    const { cv_url } = dataOf(exchange.json) as Dossier;
    context.about('LG-CV-027');
    expectThat(Boolean(cv_url), 'cv_url with other fields beside it', () => cv_url);
    context.about('LG-GEN-033');
    expectEqual((await retrieveDossier(org, id)).name, 'For other forms', 'the name');
  },
  // A server that uses the last of several files.
  fault: onForm(['uploadDossierCv'], (form) => {
    form.set('cv', form.getAll('cv').at(-1) ?? '');
    return form;
  }),
});

export default [
  uploadWithoutField,
  textForFile,
  twoFiles,
  fileElsewhere,
  uploadOddForms,
] satisfies readonly Rule[];
