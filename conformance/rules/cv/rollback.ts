import fc from 'fast-check';
import { contactsAddedBy } from '../../assertions/contacts-of-dossiers.ts';
import { expectNoEvents } from '../../assertions/deliveries.ts';
import {
  distinctEvents,
  expectEvent,
  listenForEvents,
  waitForPendingEvents,
} from '../../assertions/events.ts';
import {
  expectFileRefused,
  expectPermittedRefusal,
  type RefusalReason,
} from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { cvLimits } from '../../contract/operations.ts';
import { type Dossier, dossierStatuses } from '../../contract/resources.ts';
import {
  dropPreviousCv,
  keepDossierWithoutFile,
  keepDossierWithoutFileOn,
} from '../../faults/files.ts';
import { failButApply } from '../../faults/partial-writes.ts';
import { refuseWithOther } from '../../faults/refusals.ts';
import {
  createContact,
  findListedContact,
  retrieveContact,
  unusedWord,
} from '../../fixtures/contacts.ts';
import { createDossier, expectNoDossierNamed, retrieveDossier } from '../../fixtures/dossiers.ts';
import { createByForm, cvForm, formOf, uploadFormats } from '../../fixtures/forms.ts';
import { findLinked } from '../../fixtures/links-and-notes.ts';
import { aCv, type FilePart, nonPdfFiles, pdf } from '../../generators/files.ts';
import { aText } from '../../generators/values.ts';
import type { Exchange } from '../../http/exchange.ts';

const encoder = new TextEncoder();

/** Files that a server may refuse because of their content. */
const strange: readonly FilePart[] = [
  aCv(encoder.encode('\u0089PNG\r\n\u001a\n')),
  aCv(encoder.encode('%PDF-1.4 cut off')),
  { ...aCv(encoder.encode('<!doctype html>')), name: 'cv.html', type: 'text/html' },
  { ...aCv(encoder.encode('A letter')), name: 'cv.docx', type: 'application/msword' },
  { ...aCv(pdf()), name: 'cv.exe', type: 'application/octet-stream' },
  aCv(new Uint8Array()),
];

const refusedFile = defineRule({
  id: 'cv/refused-file',
  level: 'MUST',
  verifies: ['LG-CV-006'],
  sentence: 'If a file is refused, no dossier with the name that was sent exists afterwards.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const word = await unusedWord(org);
    for (const [index, file] of strange.entries()) {
      const name = `With strange file ${String(index + 1)} of ${word}`;
      const form = formOf({ type: 'candidate', name }, file);
      const { response } = await org.all.send('createDossier', { body: form });
      // Which files are accepted is a decision.
      if (response.status >= 400) await expectNoDossierNamed(org, name);
      const control = formOf({ type: 'candidate', name: `${name}, mended` }, aCv());
      await createByForm(org, control);
    }
  },
  fault: keepDossierWithoutFile,
});

const refusedAndGone = defineRule({
  id: 'cv/refused-and-gone',
  heavy: true,
  level: 'MUST',
  verifies: ['LG-CV-006'],
  sentence: "If a file is refused, no list contains a dossier that wasn't there before.",
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const files = [new TextEncoder().encode('A letter'), pdf(cvLimits(context.contract).most + 1)];
    const ids = async (): Promise<Set<string>> => {
      const found: string[] = [];
      for (const query of [
        {},
        ...dossierStatuses(context.contract).map((status) => ({ status })),
      ]) {
        const pages = await org.walk('listDossiers', query);
        found.push(...pages.flatMap(({ items }) => items.map(({ id }) => id)));
      }
      return new Set(found);
    };
    const { id } = await createDossier(org, { type: 'candidate', name: 'There before' });
    const known = [id];
    for (const [index, bytes] of files.entries()) {
      const form = formOf({ type: 'candidate', name: `With file ${String(index)}` }, aCv(bytes));
      const { response, json } = await org.all.send('createDossier', { body: form });
      // Which files are accepted is a decision.
      if (response.status < 400) known.push((dataOf(json) as Dossier).id);
      expectEqual([...(await ids())].sort(), [...known].sort(), 'the same dossiers as before,');
      const control = formOf({ type: 'candidate', name: `Mended ${String(index)}` }, aCv());
      known.push((await createByForm(org, control)).id);
    }
  },
  fault: keepDossierWithoutFile,
});

const failedCreation = defineRule({
  id: 'cv/failed-creation',
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-CON-053', 'LG-GEN-014'],
  sentence:
    "If a file can't be stored, no dossier exists afterwards, and its contact is linked to none.",
  needs: ['faults', 'fresh-organizations'],
  check: (context) =>
    context.property(
      [aText(), fc.boolean()],
      async (name, given) => {
        const org = await context.organization();
        const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
        const other = await createDossier(org, { type: 'candidate', name: `Not ${name}` });
        const contact = given ? { contact_id } : {};
        const form = () => formOf({ type: 'candidate', name, ...contact }, aCv());
        const expectCount = async (dossiers: number) => {
          const [page] = await org.walk('listDossiers', {});
          context.about('LG-GEN-014');
          expectEqual(page?.total, dossiers, 'meta.total of the dossiers');
          const count = given ? dossiers - 1 : 0;
          context.about('LG-CON-053');
          const { dossier_count } = await retrieveContact(org, contact_id);
          expectEqual(dossier_count, count, 'the dossier_count of the contact');
          const listed = await findListedContact(org, contact_id);
          expectEqual(listed.dossier_count, count, 'the dossier_count in the list');
        };
        for (let attempt = 1; attempt <= 2; attempt += 1) {
          context.about('LG-CV-006');
          await org.failNext('upload');
          const { response } = await org.all.send('createDossier', { body: form() });
          expectThat(response.status >= 500, 'a failure', () => response.status);
          await expectNoDossierNamed(org, name);
          await expectCount(1);
        }
        context.about('LG-CV-006');
        const { id } = await createByForm(org, form());
        expectThat(id !== other.id, 'a new dossier', () => id);
        if (given) await findLinked(org, id, contact_id);
        await expectCount(2);
      },
      5,
    ),
  // A server that stores the file last, and keeps the dossier when that fails.
  fault: failButApply(500),
});

const failedUpload = defineRule({
  id: 'errors/failed-upload',
  level: 'SHOULD',
  verifies: ['LG-CV-009'],
  sentence: 'A request whose file the server fails to store returns 500 internal.',
  needs: ['faults', 'fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    const form = () => formOf({ type: 'candidate', name: 'Iris Smit' }, aCv());
    const ways = [
      () => org.all.send('createDossier', { body: form() }),
      ...uploadFormats.map(
        ({ send }) =>
          () =>
            send(org, id, aCv()),
      ),
    ];
    for (const send of ways) {
      await org.failNext('upload');
      context.expect.refusal(await send(), 500);
      context.expect.success(await send());
    }
  },
  fault: refuseWithOther('uploadDossierCv', 500, 503, 'storage_unavailable'),
});

const refusedSilently = defineRule({
  id: 'cv/refused-silently',
  level: 'MUST',
  verifies: ['LG-CV-007'],
  sentence: 'A creation that is refused because of its file sends no `dossier.created`.',
  needs: ['webhooks', 'fresh-organizations'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const form = (file = aCv()) => formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
    for (const file of nonPdfFiles) {
      expectFileRefused(context, await org.all.send('createDossier', { body: form(file) }));
    }
    const control = await createByForm(org, form());
    await expectEvent(inbox, 'dossier.created', control.id);
    const known: unknown[] = [control.id, await waitForPendingEvents(org, inbox)];
    const found = distinctEvents(inbox).filter(
      ({ event }) => event?.type === 'dossier.created' && !known.includes(event.data?.['id']),
    );
    await expectNoEvents(context, inbox, found, 'no dossier.created of the refused creation');
  },
  // A server that creates the dossier before it checks the file.
  fault: keepDossierWithoutFile,
});

const undoneSilently = defineRule({
  id: 'cv/undone-silently',
  level: 'MUST',
  verifies: ['LG-CV-007'],
  sentence:
    "A creation that is rolled back because its file can't be stored sends no `dossier.created`.",
  needs: ['webhooks', 'faults', 'fresh-organizations'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const form = (file = aCv()) => formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
    await org.failNext('upload');
    const { response } = await org.all.send('createDossier', { body: form() });
    expectThat(response.status >= 500, 'a failure', () => response.status);
    // A file that isn't a PDF may be refused as well; which files are accepted is a decision.
    const strange = aCv(new TextEncoder().encode('A letter'));
    const exchange = await org.all.send('createDossier', { body: form(strange) });
    const known: unknown[] = [];
    if (exchange.response.status < 400) known.push((dataOf(exchange.json) as Dossier).id);
    const control = await createByForm(org, form());
    await expectEvent(inbox, 'dossier.created', control.id);
    known.push(control.id, await waitForPendingEvents(org, inbox));
    const found = distinctEvents(inbox).filter(
      ({ event }) => event?.type === 'dossier.created' && !known.includes(event.data?.['id']),
    );
    await expectNoEvents(
      context,
      inbox,
      found,
      'no dossier.created of the creation that is rolled back',
    );
  },
  // A server that stores the file after the event is sent.
  fault: keepDossierWithoutFileOn(500),
});

const noContactLeft = defineRule({
  id: 'dossiers/no-contact-left',
  heavy: true,
  level: 'SHOULD',
  verifies: ['LG-CV-008'],
  sentence: 'A creation that is refused because of its file leaves no contact.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const { most } = cvLimits(context.contract);
    const files = [pdf(most + 1), new TextEncoder().encode('Not a PDF'), new Uint8Array()];
    const create = (name: string, file = aCv()) =>
      org.all.send('createDossier', { body: formOf({ type: 'candidate', name }, file) });
    const strange = [...files.map((bytes) => aCv(bytes)), ...nonPdfFiles];
    for (const [index, file] of strange.entries()) {
      const statuses: number[] = [];
      const newContacts = await contactsAddedBy(org, async () => {
        const { response } = await create(`With file ${String(index)}`, file);
        statuses.push(response.status);
      });
      // Which of them are accepted is another decision.
      if (statuses.every((status) => status >= 400))
        expectEqual(newContacts, [], 'the new contacts');
    }
    const newContacts = await contactsAddedBy(org, async () => {
      context.expect.success(await create('With a CV'));
    });
    expectEqual(newContacts.length, 1, 'the number of new contacts');
  },
  // A server that creates the contact before it checks the file.
  fault: keepDossierWithoutFile,
});

const noContactOfFailedUpload = defineRule({
  id: 'dossiers/no-contact-of-failed-upload',
  level: 'SHOULD',
  verifies: ['LG-CV-008'],
  sentence: "A creation that is rolled back because its file can't be stored leaves no contact.",
  needs: ['faults', 'fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const form = () =>
      formOf({ type: 'candidate', name: 'Noor Bakker', email: 'noor@example.com' }, aCv());
    const newContacts = await contactsAddedBy(org, async () => {
      await org.failNext('upload');
      const { response } = await org.all.send('createDossier', { body: form() });
      expectThat(response.status >= 500, 'a failure', () => response.status);
    });
    expectEqual(newContacts, [], 'the new contacts');
    const control = await contactsAddedBy(org, () => createByForm(org, form()));
    expectEqual(control.length, 1, 'the number of new contacts');
  },
  fault: failButApply(500),
});

const uploadRefused = defineRule({
  id: 'cv/upload-refused',
  heavy: true,
  level: 'SHOULD',
  verifies: ['LG-CV-029', 'LG-ERR-028'],
  sentence: 'A refused upload leaves an earlier CV in place.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate' as const, name: 'To keep its CV' };
    const { id } = await createByForm(org, formOf(draft, aCv()));
    context.about('LG-CV-029');
    const { cv_url: before } = await retrieveDossier(org, id);
    expectThat(Boolean(before), 'cv_url of the retrieved dossier', () => before);
    const expectKept = async () => {
      context.about('LG-CV-029', 'LG-ERR-028');
      expectEqual((await retrieveDossier(org, id)).cv_url, before, 'cv_url as before,');
      context.about('LG-CV-029');
    };
    const expectRefused = async (exchange: Exchange, reason: RefusalReason) => {
      expectPermittedRefusal(context, exchange, [reason]);
      await expectKept();
    };
    const tooMuch = aCv(pdf(cvLimits(context.contract).most + 1));
    for (const { send } of uploadFormats)
      await expectRefused(await send(org, id, tooMuch), 'LG-CV-020');
    const none = { path: { id }, body: cvForm() };
    await expectRefused(await org.all.send('uploadDossierCv', none), 400);
    const [file] = nonPdfFiles;
    for (const { send } of uploadFormats) {
      const exchange = await send(org, id, file);
      expectFileRefused(context, exchange);
      await expectKept();
    }
    for (const { succeed } of uploadFormats) await succeed(context, org, id, aCv());
  },
  fault: dropPreviousCv(),
});

const uploadFailed = defineRule({
  id: 'cv/upload-failed',
  level: 'SHOULD',
  verifies: ['LG-CV-029'],
  sentence: 'An upload that the server fails to store leaves an earlier CV in place.',
  needs: ['faults', 'fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'candidate' as const, name: 'To keep its CV' };
    const { id } = await createByForm(org, formOf(draft, aCv()));
    const { cv_url: before } = await retrieveDossier(org, id);
    expectThat(Boolean(before), 'cv_url of the retrieved dossier', () => before);
    for (const { send, succeed } of uploadFormats) {
      await org.failNext('upload');
      const { response } = await send(org, id, aCv());
      const failed = response.status >= 500;
      expectThat(failed, 'a response that the upload failed', () => response.status);
      expectEqual((await retrieveDossier(org, id)).cv_url, before, 'cv_url as before,');
      await succeed(context, org, id, aCv());
    }
  },
  fault: dropPreviousCv(),
});

export default [
  refusedFile,
  refusedAndGone,
  failedCreation,
  failedUpload,
  refusedSilently,
  undoneSilently,
  noContactLeft,
  noContactOfFailedUpload,
  uploadRefused,
  uploadFailed,
] satisfies readonly Rule[];
