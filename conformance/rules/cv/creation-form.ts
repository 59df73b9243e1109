import fc from 'fast-check';
import type { OperationId } from '../../../openapi/contract.ts';
import { dossierPlaces, expectDossierKept, viewCreatedDossier } from '../../assertions/dossiers.ts';
import { formRequest } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type Dossier, dossierTypes } from '../../contract/resources.ts';
import { refuse } from '../../faults/access.ts';
import { isForm, onForm } from '../../faults/files.ts';
import { onData, onRequest } from '../../faults/inject.ts';
import { createDossier, expectNoDossierNamed } from '../../fixtures/dossiers.ts';
import { addFile, createByForm, cvForm, formOf } from '../../fixtures/forms.ts';
import { plainDossiers } from '../../generators/dossiers.ts';
import { aCv, pdf } from '../../generators/files.ts';
import { aText } from '../../generators/values.ts';
import type { RawRequest } from '../../http/client.ts';
import { Form } from '../../http/form.ts';

/** Common names of CV files. */
const fileNames = ['cv.pdf', 'resume.pdf', 'My CV (2).pdf', 'Résumé Zoë.pdf', 'CV.final.PDF'];

const creation = defineRule({
  id: 'cv/creation',
  level: 'MUST',
  verifies: ['LG-CV-001', 'LG-CV-002', 'LG-DOS-020', 'LG-DOS-021'],
  sentence:
    'A form with a PDF creates a dossier with a CV, and the response contains its `cv_url`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const aVersion = fc.constantFrom('1.4', '1.5', '1.7', '2.0');
    const aSize = fc.integer({ min: 600, max: 200_000 });
    const create = async (name: string, size: number, file: string, version: string) => {
      const form = formOf({ type: 'candidate', name }, { ...aCv(pdf(size, version)), name: file });
      context.about('LG-CV-001');
      const seen = await viewCreatedDossier(org, await createByForm(org, form));
      context.about('LG-DOS-021');
      expectEqual(seen.created.status, 'active', 'the status of a new dossier');
      const { cv_url } = seen.created;
      const hasUrl = typeof cv_url === 'string' && cv_url !== '';
      context.about('LG-CV-002');
      expectThat(hasUrl, 'cv_url in the response to the creation', () => seen.created);
      context.about('LG-DOS-020');
      expectDossierKept(seen, { type: 'candidate', name });
      // The lifetime of a URL is a decision (LG-CV-013), but a URL must be there.
      context.about('LG-CV-001');
      for (const place of dossierPlaces) {
        const shown = seen[place].cv_url;
        expectThat(shown === undefined || Boolean(shown), 'a CV in every response', () => shown);
      }
    };
    for (const name of fileNames) await create(`With ${name}`, 100_000, name, '1.4');
    await context.property([aText(), aSize, fc.constantFrom(...fileNames), aVersion], create);
  },
  // A server that ignores the file of a form.
  fault: onForm(['createDossier'], (form) => {
    form.delete('cv');
    return form;
  }),
});

const optional = defineRule({
  id: 'cv/optional',
  level: 'MUST',
  verifies: ['LG-CV-003'],
  sentence: 'A form without a file creates a dossier without a CV.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const draft of plainDossiers(2)) {
      const seen = await viewCreatedDossier(org, await createByForm(org, formOf(draft)));
      expectDossierKept(seen, draft);
      for (const place of dossierPlaces) expectEqual(seen[place].cv_url ?? null, null, 'cv_url');
    }
  },
  // A server that shows a CV that wasn't sent.
  fault: onForm(['createDossier'], (form) => {
    if (!form.has('cv')) form.set('cv', new Blob([pdf()], { type: 'application/pdf' }), 'cv.pdf');
    return form;
  }),
});

const bothTypes = defineRule({
  id: 'cv/both-types',
  level: 'MUST',
  verifies: ['LG-CV-030'],
  sentence: 'Dossiers of both types can be created with a CV.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const form = formOf({ type, name: 'Noor Bakker' }, aCv());
      const { cv_url } = await createByForm(org, form);
      expectThat(Boolean(cv_url), `cv_url of a dossier of type ${type}`, () => cv_url);
    }
  },
  fault: onForm(['createDossier'], (form) => {
    if (form.get('type') === 'sales') form.delete('cv');
    return form;
  }),
});

const fileFirst = defineRule({
  id: 'cv/file-first',
  level: 'MUST',
  verifies: ['LG-CV-001', 'LG-CV-002', 'LG-CV-004'],
  sentence: 'The order of the fields of a form has no meaning: the file can be first or last.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const create = async (name: string, company: string) => {
      const draft = { type: 'candidate', name, company } as const;
      const form = new Form();
      addFile(form, 'cv', aCv());
      for (const [field, value] of formOf(draft).entries.toReversed()) form.append(field, value);
      context.about('LG-CV-001', 'LG-CV-004');
      const seen = await viewCreatedDossier(org, await createByForm(org, form));
      context.about('LG-CV-004');
      expectDossierKept(seen, { type: draft.type, name }, dossierPlaces);
      expectDossierKept(seen, { company }, ['listed']);
      context.about('LG-CV-002');
      expectThat(Boolean(seen.created.cv_url), 'cv_url', () => seen.created);
    };
    await create('Noor Bakker', 'Tulp Logistics');
    await context.property([aText(), aText()], create, 5);
  },
  // A server that stops reading a form after the file.
  fault: onForm(['createDossier'], (form) => {
    const fields = [...form];
    const file = fields.findIndex(([name]) => name === 'cv');
    if (file < 0) return form;
    for (const [name] of fields.slice(file + 1)) form.delete(name);
    return form;
  }),
});

const encoder = new TextEncoder();

interface Spelling {
  readonly announced: (boundary: string) => string;
  readonly field: (name: string) => string;
  readonly file: string;
}

const disposition = 'Content-Disposition: form-data;';

/** How common clients write the same form. */
const variants: readonly Spelling[] = [
  {
    announced: (boundary) => `multipart/form-data; boundary="${boundary}"`,
    field: (name) => `${disposition} name="${name}"`,
    file: `${disposition} name="cv"; filename="cv.pdf"\r\nContent-Type: application/pdf`,
  },
  {
    announced: (boundary) => `multipart/form-data; boundary=${boundary}`,
    field: (name) => `${disposition} name="${name}"\r\nContent-Type: text/plain; charset=UTF-8`,
    file: `${disposition} name="cv"; filename="cv.pdf"\r\nContent-Type: application/pdf`,
  },
  {
    announced: (boundary) => `multipart/form-data; boundary=${boundary}`,
    field: (name) => `Content-Type: text/plain; charset=utf-8\r\n${disposition} name="${name}"`,
    file: `Content-Type: application/pdf\r\n${disposition} name="cv"; filename="cv.pdf"`,
  },
  {
    announced: (boundary) => `multipart/form-data; boundary=${boundary}`,
    field: (name) => `content-disposition: form-data; name="${name}"`,
    file: `content-disposition: form-data; name="cv"; filename="cv.pdf"\r\ncontent-type: application/pdf`,
  },
];

const write = (
  { field, file }: Spelling,
  boundary: string,
  fields: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> => {
  const texts = Object.entries(fields).map(
    ([name, text]) => `--${boundary}\r\n${field(name)}\r\n\r\n${text}\r\n`,
  );
  const head = encoder.encode(`${texts.join('')}--${boundary}\r\n${file}\r\n\r\n`);
  const [bytes, tail] = [pdf(), encoder.encode(`\r\n--${boundary}--\r\n`)];
  const whole = new Uint8Array(head.length + bytes.length + tail.length);
  whole.set(head);
  whole.set(bytes, head.length);
  whole.set(tail, head.length + bytes.length);
  return whole;
};

const formSpellings = defineRule({
  id: 'cv/form-spellings',
  level: 'MUST',
  verifies: ['LG-CV-001', 'LG-CV-002', 'LG-CV-004', 'LG-CV-010'],
  sentence: 'All ways to write the same form have the same meaning.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const [index, variant] of variants.entries()) {
      const boundary = `between-the-parts-${String(index)}`;
      const headers = { 'content-type': variant.announced(boundary) };
      const fields = { type: 'candidate', name: 'Zoë Çelik', company: 'Tulp & Co.' };
      const body = write(variant, boundary, fields);
      context.about('LG-CV-001');
      const created = await org.all.send('createDossier', { body, headers });
      context.expect.success(created);
      const { id, type, name, cv_url } = dataOf(created.json) as Dossier;
      context.about('LG-CV-004');
      expectEqual({ type, name }, { type: fields.type, name: fields.name }, 'the new dossier');
      context.about('LG-CV-002');
      expectThat(Boolean(cv_url), 'cv_url in the response to the creation', () => cv_url);
      context.about('LG-CV-010');
      const upload = { path: { id }, body: write(variant, boundary, {}), headers };
      const uploaded = await org.all.send('uploadDossierCv', upload);
      context.expect.success(uploaded);
    }
  },
  // A server that includes the quotes in the boundary.
  fault: refuse(400, 'invalid_body', ({ headers }) =>
    Boolean(headers.get('content-type')?.includes('boundary="')),
  ),
});

/** The boundary of forms that are written by hand. */
const boundary = 'between-the-parts';

const type = `multipart/form-data; boundary=${boundary}`;

const name = 'From a malformed form';

const part = (field: string, text: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${text}\r\n`;

/** All fields of a dossier, without the end of the form. */
const cutOff = part('type', 'candidate') + part('name', name);

const whole = `${cutOff}--${boundary}--\r\n`;

/** Bodies that are declared as forms and aren't, with their media types. */
const malformed: readonly (readonly [type: string, body: string])[] = [
  [type, cutOff],
  [type, cutOff.slice(0, -5)],
  [type, `${cutOff}--${boundary}\r\n`],
  [type, JSON.stringify({ type: 'candidate', name })],
  [type, `--${boundary}\r\n`],
  ['multipart/form-data', whole],
];

const brokenForm = defineRule({
  id: 'cv/broken-form',
  level: 'SHOULD',
  verifies: ['LG-CV-031'],
  sentence: 'A form that is truncated or malformed is refused and changes nothing.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'For malformed forms' });
    const upload = { path: { id }, body: cvForm(aCv()) };
    const ways: readonly (readonly [OperationId, RawRequest])[] = [
      ['createDossier', formRequest('From a complete form')],
      ['uploadDossierCv', upload],
    ];
    for (const [operation, right] of ways) {
      for (const [contentType, body] of malformed) {
        const headers = { 'content-type': contentType };
        context.expect.refusal(await org.all.send(operation, { ...right, body, headers }), 400);
      }
      context.expect.success(await org.all.send(operation, right));
    }
    await expectNoDossierNamed(org, name);
    const headers = { 'content-type': type };
    // Under another name: a later run may work in the same organisation.
    const body = whole.replace(name, 'From a form that is whole');
    context.expect.success(await org.all.send('createDossier', { body, headers }));
  },
  // A server that accepts a truncated form.
  fault: onRequest(['createDossier'], async (request) => {
    if (!isForm(request)) return request;
    const text = await request.clone().text();
    return text === cutOff ? new Request(request, { body: whole }) : request;
  }),
});

const jsonCv = defineRule({
  id: 'cv/json-cv',
  level: 'SHOULD',
  verifies: ['LG-CV-028'],
  sentence: 'A field `cv` in a JSON body is ignored.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const cv of ['JVBERi0xLjQK', null, { url: 'https://example.com/cv.pdf' }]) {
      const body = { type: 'candidate', name: 'Noor Bakker', cv };
      const exchange = await org.all.send('createDossier', { body });
      context.expect.success(exchange);
      const { cv_url } = dataOf(exchange.json) as Dossier;
      expectEqual(cv_url ?? null, null, 'cv_url');
    }
  },
  fault: onData(['createDossier'], (dossier) => {
    dossier['cv_url'] = `c0ffee/dossiers/${String(dossier['id'])}/cv.pdf`;
  }),
});

export default [
  creation,
  optional,
  bothTypes,
  fileFirst,
  formSpellings,
  brokenForm,
  jsonCv,
] satisfies readonly Rule[];
