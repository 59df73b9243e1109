import fc from 'fast-check';
import { expectOtherFieldsUnchanged, viewDossier } from '../../assertions/dossiers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { dossierFields, dossierTypes } from '../../contract/resources.ts';
import { refuse } from '../../faults/access.ts';
import { type Fault, onData, onResponse } from '../../faults/inject.ts';
import { withUnusedEmail } from '../../fixtures/contacts.ts';
import { createDossier, updateDossier } from '../../fixtures/dossiers.ts';
import {
  createByForm,
  formOf,
  uploadBytes,
  uploadForm,
  uploadFormats,
} from '../../fixtures/forms.ts';
import { aFullDossier } from '../../generators/dossiers.ts';
import { aCv, pdf } from '../../generators/files.ts';

const fileNames = ['cv.pdf', 'My CV (2).pdf', 'Résumé Zoë.pdf', 'CV.final.PDF'];

const cvUploadForm = defineRule({
  id: 'cv/upload-form',
  level: 'MUST',
  verifies: ['LG-CV-010', 'LG-CV-012'],
  sentence:
    'A form with a PDF adds a CV to a dossier and returns the id of the dossier and its `cv_url`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const aSize = fc.integer({ min: 600, max: 200_000 });
    await context.property(
      [aSize, fc.constantFrom(...fileNames), fc.constantFrom('1.4', '1.7', '2.0')],
      async (size, name, version) => {
        const { id } = await createDossier(org, { type: 'candidate', name: 'To get a CV' });
        const file = { ...aCv(pdf(size, version)), name };
        context.about('LG-CV-010');
        const returned = await uploadForm.succeed(context, org, id, file);
        context.about('LG-CV-012');
        expectEqual(returned.id, id, 'the id in the response to the upload');
        const { cv_url } = returned;
        const hasUrl = typeof cv_url === 'string' && cv_url !== '';
        expectThat(hasUrl, 'cv_url in the response to the upload', () => returned);
      },
    );
  },
  // A server that stores the file, but returns no cv_url.
  fault: onData(['uploadDossierCv'], (dossier) => {
    delete dossier['cv_url'];
  }),
});

const cvUploadBytes = defineRule({
  id: 'cv/upload-bytes',
  level: 'MUST',
  verifies: ['LG-CV-011', 'LG-CV-012'],
  sentence:
    'The bytes of a PDF add a CV to a dossier and return the id of the dossier and its `cv_url`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const aSize = fc.integer({ min: 600, max: 200_000 });
    await context.property([aSize, fc.constantFrom('1.4', '1.7', '2.0')], async (size, version) => {
      const { id } = await createDossier(org, { type: 'candidate', name: 'To get a CV' });
      context.about('LG-CV-011');
      const returned = await uploadBytes.succeed(context, org, id, aCv(pdf(size, version)));
      context.about('LG-CV-012');
      expectEqual(returned.id, id, 'the id in the response to the upload');
      const { cv_url } = returned;
      const hasUrl = typeof cv_url === 'string' && cv_url !== '';
      expectThat(hasUrl, 'cv_url in the response to the upload', () => returned);
    });
  },
  // A server that accepts only forms.
  fault: refuse(
    400,
    'invalid_body',
    ({ headers }) => headers.get('content-type') === 'application/pdf',
  ),
});

/** A server that refuses a CV for a sales dossier. */
const candidatesOnly = (): Fault => (fetch, name) => {
  const sales = new Set<string>();
  const refuseSales = refuse(400, 'invalid_body', ({ url }) => sales.has(url))(fetch, name);
  return async (request) => {
    const { method, url } = request;
    const response = await refuseSales(request);
    if (name(method, url) === 'createDossier' && response.ok) {
      const { data } = (await response.clone().json()) as { data: { id: string; type: string } };
      if (data.type === 'sales') sales.add(`${url}/${data.id}/cv`);
    }
    return response;
  };
};

const uploadBothTypes = defineRule({
  id: 'cv/upload-both-types',
  level: 'MUST',
  verifies: ['LG-CV-030'],
  sentence: 'Dossiers of both types accept an upload, as a form and as raw bytes.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const { id } = await createDossier(org, { type, name: 'Of either type' });
      for (const upload of uploadFormats) {
        const { cv_url } = await upload.succeed(context, org, id, aCv());
        expectThat(Boolean(cv_url), `cv_url of a dossier of type ${type}`, () => cv_url);
      }
    }
  },
  fault: candidatesOnly(),
});

/** A server that refuses uploads for a won dossier. */
const closeWon: Fault = (fetch, name) => {
  const won = new Set<string>();
  return async (request) => {
    const { method, url } = request;
    const operation = name(method, url);
    const text = operation === 'updateDossier' ? await request.clone().text() : '';
    if (text.includes('"won"')) won.add(url);
    const response = await fetch(request);
    if (operation !== 'uploadDossierCv' || !won.has(url.replace(/\/cv$/, ''))) return response;
    const error = { code: 'invalid_body', message: 'The dossier is closed.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 400, headers });
  };
};

const uploadClosed = defineRule({
  id: 'cv/upload-closed',
  level: 'MUST',
  verifies: ['LG-CV-010', 'LG-CV-011', 'LG-CV-012'],
  sentence: 'A won or lost dossier accepts an upload like any other.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const upload of uploadFormats) {
      for (const status of ['won', 'lost'] as const) {
        const name = `Closed as ${status}, to get a CV by ${upload.name}`;
        const { id } = await createDossier(org, { type: 'candidate', name });
        await updateDossier(org, id, { status });
        context.about(upload === uploadForm ? 'LG-CV-010' : 'LG-CV-011');
        const returned = await upload.succeed(context, org, id, aCv());
        context.about('LG-CV-012');
        expectEqual(returned.id, id, 'the id in the response to the upload');
        expectThat(Boolean(returned.cv_url), 'cv_url in the response', () => returned);
      }
    }
  },
  fault: closeWon,
});

/** A server that keeps the first CV. */
const keepFirst = (): Fault => (fetch, name) => {
  const stored = new Set<string>();
  return async (request) => {
    const { url } = request;
    const response = await fetch(request);
    if (name(request.method, url) !== 'uploadDossierCv' || !response.ok) return response;
    if (!stored.has(url)) {
      stored.add(url);
      return response;
    }
    const error = { code: 'conflict', message: 'The dossier has a CV.' };
    const { headers } = response;
    return new Response(JSON.stringify({ error }), { status: 409, headers });
  };
};

const uploadAgain = defineRule({
  id: 'cv/upload-again',
  level: 'MUST',
  verifies: ['LG-CV-014', 'LG-CV-012'],
  sentence: 'A dossier that has a CV accepts another one, as a form or as raw bytes.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate' as const, name: 'To get one CV after another' };
    const { id } = await createByForm(org, formOf(draft, aCv()));
    for (const [index, upload] of [...uploadFormats, ...uploadFormats.toReversed()].entries()) {
      const file = { ...aCv(pdf(600 + index)), name: `cv-${String(index)}.pdf` };
      context.about('LG-CV-014');
      const returned = await upload.succeed(context, org, id, file);
      context.about('LG-CV-012');
      expectEqual(returned.id, id, 'the id in the response to the upload');
      expectThat(Boolean(returned.cv_url), `cv_url after ${upload.name}`, () => returned);
    }
  },
  fault: keepFirst(),
});

const uploadShown = defineRule({
  id: 'cv/upload-shown',
  level: 'SHOULD',
  verifies: ['LG-CV-016', 'LG-DOS-018'],
  sentence: 'An upload returns the whole dossier with its `cv_url`.',
  needs: [],
  check: (context) =>
    context.property(
      [aFullDossier()],
      async (draft) => {
        for (const upload of uploadFormats) {
          const org = await context.organization();
          const { id } = await createDossier(org, await withUnusedEmail(org, draft));
          const before = await viewDossier(org, id);
          context.about('LG-CV-016');
          expectEqual(before.retrieved.cv_url, null, 'cv_url before the upload');
          expectEqual(before.listed.cv_url, null, 'cv_url before the upload');
          const returned = await upload.succeed(context, org, id, aCv());
          const after = await viewDossier(org, id);
          for (const field of dossierFields(context.contract)) {
            context.about(field === 'cv_url' ? 'LG-CV-016' : 'LG-DOS-018');
            expectEqual(returned[field], after.retrieved[field], `${field} in the response`);
            expectEqual(after.listed[field], after.retrieved[field], `${field} in the list`);
          }
          context.about('LG-DOS-018');
          const { cv_url } = returned;
          const with_ = (dossier: typeof before.retrieved) => ({ ...dossier, cv_url });
          const marked = { retrieved: with_(before.retrieved), listed: with_(before.listed) };
          expectOtherFieldsUnchanged(context, marked, { returned, ...after });
        }
      },
      4,
    ),
  // A server that returns only the fields of the example.
  fault: onResponse(['uploadDossierCv'], (mutable) => {
    if (mutable.status >= 300) return;
    const { data } = mutable.body as { data: { id: string; cv_url: string } };
    mutable.body = { data: { id: data.id, cv_url: data.cv_url } };
  }),
});

export default [
  cvUploadForm,
  cvUploadBytes,
  uploadBothTypes,
  uploadClosed,
  uploadAgain,
  uploadShown,
] satisfies readonly Rule[];
