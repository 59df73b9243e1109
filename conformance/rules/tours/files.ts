import type { OperationId } from '../../../openapi/contract.ts';
import {
  expectFileRefused,
  expectPermittedRefusal,
  expectStatusOfCode,
} from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Dossier } from '../../contract/resources.ts';
import { onData } from '../../faults/inject.ts';
import { failButApply } from '../../faults/partial-writes.ts';
import { retrieveDossier } from '../../fixtures/dossiers.ts';
import { addFile, cvForm, formOf, unlabelledForm, uploadFormats } from '../../fixtures/forms.ts';
import { aCv, nonPdfFiles, pdf } from '../../generators/files.ts';
import type { RawRequest } from '../../http/client.ts';
import { changeDossier } from '../../model/dossier-commands.ts';
import { cvStored } from '../../model/oracle-changes.ts';
import type { DossierFacts } from '../../model/oracle.ts';
import { checkDossierList } from '../../model/lists.ts';
import type { ModelSession } from '../../model/command.ts';
import type { ModelRequirements } from '../../model/subjects.ts';
import { createKnownDossier, openTour } from '../../model/tour.ts';
import { Form } from '../../http/form.ts';

/** Names and sizes of files that a parser may overlook. */
const files = [
  { ...aCv(pdf(70_000)), name: 'Résumé of Noor (1).PDF' },
  { ...aCv(pdf(130_000)), name: 'cv final.pdf' },
  aCv(pdf(600)),
];

const named = (name: string) => ({ type: 'candidate' as const, name });

/** A form whose file is in a field of another name. */
const elsewhere = (): Form => {
  const form = new Form();
  addFile(form, 'file', aCv());
  return form;
};

const details = { company: 'Zoë & Zn. + €1', role: 'a+b %41', intake_notes: 'One line.' };

/** Dossiers of both types by forms with and without a file, the first with the first file. */
const createByForms = async (
  session: ModelSession,
): Promise<readonly [DossierFacts, ...DossierFacts[]]> => {
  const flow = session.flows.find(({ type }) => type === 'candidate');
  const [member] = session.org.members;
  const assigned = member === undefined ? {} : { assigned_to: member };
  const plain = { ...named('No file'), ...details, ...assigned };
  const [first, ...others] = files.map((file, index) => () => {
    const draft = { ...named(`File ${String(index)}`), ...details };
    return createKnownDossier(session, draft, { form: { file }, ...(flow && { flow }) });
  });
  if (!first) throw new Error('There is no file.');
  const known: [DossierFacts, ...DossierFacts[]] = [await first()];
  for (const create of others) known.push(await create());
  const deal = { type: 'sales', name: 'Deal' } as const;
  known.push(await createKnownDossier(session, plain, { form: {} }));
  known.push(await createKnownDossier(session, deal, { form: { file: aCv() } }));
  known.push(await createKnownDossier(session, { ...deal, name: 'Deal without' }));
  return known;
};

/** Uploads a file in one of the formats. */
const upload = async (
  { context, org }: ModelSession,
  dossier: DossierFacts,
  index: number,
): Promise<void> => {
  const file = files[index % files.length] ?? aCv();
  const has = dossier.facts.get('cv_url') === true ? 'LG-CV-014' : 'LG-CV-030';
  org.context.about(index % 2 === 0 ? 'LG-CV-010' : 'LG-CV-011', has);
  const shown = await uploadFormats[index % 2]?.succeed(context, org, dossier.id, file);
  org.context.about('LG-CV-012');
  expectEqual(shown?.id, dossier.id, 'the id in the response to the upload');
  expectThat(Boolean(shown?.cv_url), 'cv_url in the response to the upload', () => shown);
  cvStored(dossier);
};

const [picture, letter = picture, document = picture] = nonPdfFiles;

/** Other files, and forms without one, are refused in creations and in uploads. */
const expectOthersRefused = async ({ org }: ModelSession, id: string): Promise<void> => {
  const { context } = org;
  const creations: readonly RawRequest[] = [
    { body: formOf(named('Refused 1'), picture) },
    { body: formOf(named('Refused 2'), letter) },
    unlabelledForm(named('Refused 3')),
  ];
  context.about('LG-CV-033');
  for (const request of creations) {
    expectFileRefused(context, await org.all.send('createDossier', request));
  }
  const uploads: readonly RawRequest[] = [
    { body: cvForm(document) },
    { body: picture.bytes, headers: { 'content-type': picture.type } },
    { body: picture.bytes },
  ];
  const path = { id };
  for (const request of uploads) {
    expectFileRefused(context, await org.all.send('uploadDossierCv', { ...request, path }));
  }
  context.about('LG-CV-024');
  for (const body of [cvForm(), elsewhere()]) {
    context.expect.refusal(await org.all.send('uploadDossierCv', { path, body }), 400);
  }
};

/** Creations show their fields; afterwards the lists show the files, and what was refused. */
const fileRequirements: ModelRequirements = {
  accepted: ['LG-CV-001', 'LG-CV-003'],
  dossier: ({ field, place = '', expected }) => {
    if (field === 'status') return ['LG-DOS-021'];
    if (field !== 'cv_url') return ['LG-CV-004'];
    if (expected !== true) return ['LG-CV-003'];
    return place.startsWith('the list') ? ['LG-CV-010', 'LG-CV-011'] : ['LG-CV-002'];
  },
  members: ['LG-CV-006', 'LG-CV-033'],
  total: ['LG-CV-006', 'LG-CV-033'],
  rest: ['LG-CV-001'],
};

const fileTour = defineRule({
  id: 'tours/files',
  level: 'MUST',
  verifies: [
    ...(['LG-CV-001', 'LG-CV-002', 'LG-CV-003', 'LG-CV-004', 'LG-CV-006'] as const),
    ...(['LG-CV-010', 'LG-CV-011', 'LG-CV-012', 'LG-CV-014', 'LG-CV-024'] as const),
    ...(['LG-CV-030', 'LG-CV-033', 'LG-DOS-021'] as const),
  ],
  sentence:
    'Files of many names and sizes are stored by forms and as bytes, and others are refused and leave nothing.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const session = await openTour(context, ['fields', 'lists'], fileRequirements);
    const known = await createByForms(session);
    context.about('LG-CV-002');
    for (const { id } of known.slice(0, 2)) {
      const { cv_url } = await retrieveDossier(session.org, id);
      expectThat(cv_url !== null && cv_url !== '', 'no empty cv_url', () => cv_url);
    }
    await checkDossierList(session);
    const [first, , , plain, , sales] = known;
    for (const index of [0, 1, 2, 3]) await upload(session, first, index);
    if (plain) await changeDossier(session, plain, { status: 'lost' });
    for (const [index, dossier] of [plain, sales].entries()) {
      if (dossier) await upload(session, dossier, index + 1);
    }
    await expectOthersRefused(session, first.id);
    await checkDossierList(session);
    await checkDossierList(session, { status: 'archived' });
  },
  // A server that doesn't tell where a file is.
  fault: onData(['uploadDossierCv'], (dossier) => {
    dossier['cv_url'] = null;
  }),
});

const failingFiles = defineRule({
  id: 'tours/failing-files',
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-ERR-011', 'LG-ERR-020', 'LG-ERR-021'],
  sentence: 'A creation or an upload whose file fails is an internal error and leaves nothing.',
  needs: ['fresh-organizations', 'faults'],
  check: async (context) => {
    const session = await openTour(context, ['fields', 'lists']);
    const { org } = session;
    const there = await createKnownDossier(session, named('There before'));
    const { expect, about } = context;
    const fails = async (operation: OperationId, request: RawRequest): Promise<void> => {
      await org.failNext('upload');
      expectPermittedRefusal(context, await org.all.send(operation, request), [500, 'LG-CV-009']);
    };
    about('LG-ERR-020');
    await fails('createDossier', { body: formOf(named('Undone'), aCv()) });
    await fails('uploadDossierCv', { path: { id: there.id }, body: cvForm(aCv()) });
    about('LG-CV-006');
    await checkDossierList(session);
    await checkDossierList(session, { status: 'archived' });
    const failing: [OperationId, RawRequest][] = [
      ['createDossier', { body: named('Failed once') }],
      ['createDossierNote', { path: { id: there.id }, body: { content: 'Once.' } }],
      ['listFlows', {}],
      ['createContact', { body: { full_name: 'Noor once' } }],
    ];
    for (const [operation, sent] of failing) {
      const fail = async () => {
        await org.failNext('request');
        return org.all.send(operation, sent);
      };
      const first = await fail();
      // A GET is repeated when its connection ends, so the failure may have hit the first attempt.
      const missed = operation === 'listFlows' && first.response.status < 300;
      const failed = missed ? await fail() : first;
      about('LG-ERR-011');
      expectStatusOfCode(context, failed, 500);
      about('LG-ERR-020');
      expect.refusalAmong(failed, [500]);
      about('LG-ERR-021');
      expect.success(await org.all.send(operation, sent));
    }
    const listed = await org.walk('listDossiers', {});
    const names = listed.flatMap(({ items }) =>
      (items as readonly Dossier[]).map(({ name }) => name),
    );
    const twice = names.filter((name) => name === 'Failed once').length;
    expectEqual(twice, 1, 'the number of dossiers of the creation that was repeated');
    const notes = await org.all.send('listDossierNotes', { path: { id: there.id } });
    expect.success(notes);
    expectEqual((dataOf(notes.json) as unknown[]).length, 1, 'the number of notes');
  },
  fault: failButApply(500),
});

export default [fileTour, failingFiles] satisfies readonly Rule[];
