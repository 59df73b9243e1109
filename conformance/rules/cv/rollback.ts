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
import { expectNoDossierNamed, retrieveDossier } from '../../fixtures/dossiers.ts';
import { createByForm, cvForm, formOf, uploads } from '../../fixtures/forms.ts';
import { findLinked } from '../../fixtures/links-and-notes.ts';
import { aCv, type FilePart, otherFiles, pdf } from '../../generators/files.ts';
import { aText } from '../../generators/values.ts';
import type { Exchange } from '../../http/exchange.ts';

const encoder = new TextEncoder();

/** Files that a server may refuse for what they are. */
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
  sentence: 'Where a file is refused, whatever the reason, no dossier is left behind.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const word = await unusedWord(world, home);
    for (const [index, file] of strange.entries()) {
      const name = `With strange file ${String(index + 1)} of ${word}`;
      const form = formOf({ type: 'candidate', name }, file);
      const { response } = await home.all.send('createDossier', { body: form });
      // Which files are taken is a matter of decisions.
      if (response.status >= 400) await expectNoDossierNamed(world, home, name);
      const twin = formOf({ type: 'candidate', name: `${name}, mended` }, aCv());
      await createByForm(world, home, twin);
    }
  },
  liar: keepDossierWithoutFile,
});

const refusedAndGone = defineRule({
  id: 'cv/refused-and-gone',
  level: 'MUST',
  verifies: ['LG-CV-006'],
  sentence: 'Where a file is refused, there are no more dossiers than before, under any status.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const files = [new TextEncoder().encode('A letter'), pdf(cvLimits(world.contract).most + 1)];
    const ids = async (): Promise<Set<string>> => {
      const found: string[] = [];
      for (const query of [{}, ...dossierStatuses(world.contract).map((status) => ({ status }))]) {
        const pages = await home.walk('listDossiers', query);
        found.push(...pages.flatMap(({ items }) => items.map(({ id }) => id)));
      }
      return new Set(found);
    };
    const { id } = await home.createDossier({ type: 'candidate', name: 'There before' });
    const known = [id];
    for (const [index, bytes] of files.entries()) {
      const form = formOf({ type: 'candidate', name: `With file ${String(index)}` }, aCv(bytes));
      const { response, json } = await home.all.send('createDossier', { body: form });
      // Which files are taken is a matter of decisions.
      if (response.status < 400) known.push((dataOf(json) as Dossier).id);
      expectEqual([...(await ids())].sort(), [...known].sort(), 'the dossiers that there are,');
      const twin = formOf({ type: 'candidate', name: `Mended ${String(index)}` }, aCv());
      known.push((await createByForm(world, home, twin)).id);
    }
  },
  liar: keepDossierWithoutFile,
});

const failedCreation = defineRule({
  id: 'cv/failed-creation',
  level: 'MUST',
  verifies: ['LG-CV-006', 'LG-CON-053', 'LG-GEN-014'],
  sentence:
    'A creation whose file was not stored leaves no dossier, and links its contact to none.',
  needs: ['faults', 'fresh-organizations'],
  check: (world) =>
    world.property(
      [aText(), fc.boolean()],
      async (name, given) => {
        const home = await world.organization();
        const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
        const other = await home.createDossier({ type: 'candidate', name: `Not ${name}` });
        const contact = given ? { contact_id } : {};
        const form = () => formOf({ type: 'candidate', name, ...contact }, aCv());
        const expectCount = async (dossiers: number) => {
          const [page] = await home.walk('listDossiers', {});
          expectEqual(page?.total, dossiers, 'meta.total of the dossiers');
          const count = given ? dossiers - 1 : 0;
          const { dossier_count } = await retrieveContact(world, home, contact_id);
          expectEqual(dossier_count, count, 'the dossier_count of the contact');
          const listed = await findListedContact(world, home, contact_id);
          expectEqual(listed.dossier_count, count, 'the dossier_count in the list');
        };
        for (let attempt = 1; attempt <= 2; attempt += 1) {
          await home.failNext('upload');
          const { response } = await home.all.send('createDossier', { body: form() });
          expectThat(response.status >= 500, 'a failure', () => response.status);
          await expectNoDossierNamed(world, home, name);
          await expectCount(1);
        }
        const { id } = await createByForm(world, home, form());
        expectThat(id !== other.id, 'a new dossier', () => id);
        if (given) await findLinked(world, home, id, contact_id);
        await expectCount(2);
      },
      5,
    ),
  // A server that stores the file last, and leaves it at that.
  liar: failButApply(500),
});

const failedUpload = defineRule({
  id: 'errors/failed-upload',
  level: 'SHOULD',
  verifies: ['LG-CV-009'],
  sentence: 'A file that the server fails to store is answered 500 internal.',
  needs: ['faults', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const form = () => formOf({ type: 'candidate', name: 'Iris Smit' }, aCv());
    const ways = [
      () => home.all.send('createDossier', { body: form() }),
      ...uploads.map(
        ({ send }) =>
          () =>
            send(home, id, aCv()),
      ),
    ];
    for (const send of ways) {
      await home.failNext('upload');
      world.expect.refusal(await send(), 500);
      world.expect.success(await send());
    }
  },
  liar: refuseWithOther('uploadDossierCv', 500, 503, 'storage_unavailable'),
});

const refusedSilently = defineRule({
  id: 'cv/refused-silently',
  level: 'MUST',
  verifies: ['LG-CV-007'],
  sentence: 'A creation that is refused because of its file sends no dossier.created.',
  needs: ['webhooks', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const form = (file = aCv()) => formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
    for (const file of otherFiles) {
      expectFileRefused(world, await home.all.send('createDossier', { body: form(file) }));
    }
    const twin = await createByForm(world, home, form());
    await expectEvent(inbox, 'dossier.created', twin.id);
    const known: unknown[] = [twin.id, await waitForPendingEvents(home, inbox)];
    const found = distinctEvents(inbox).filter(
      ({ event }) => event?.type === 'dossier.created' && !known.includes(event.data?.['id']),
    );
    await expectNoEvents(world, inbox, found, 'no dossier.created of what is refused');
  },
  // A server that creates the dossier before it looks at the file.
  liar: keepDossierWithoutFile,
});

const undoneSilently = defineRule({
  id: 'cv/undone-silently',
  level: 'MUST',
  verifies: ['LG-CV-007'],
  sentence: 'A creation that is undone because of its file sends no dossier.created.',
  needs: ['webhooks', 'faults', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const form = (file = aCv()) => formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
    await home.failNext('upload');
    const { response } = await home.all.send('createDossier', { body: form() });
    expectThat(response.status >= 500, 'a failure', () => response.status);
    // What is no PDF may be refused as well; which files are taken is a matter of decisions.
    const strange = aCv(new TextEncoder().encode('A letter'));
    const exchange = await home.all.send('createDossier', { body: form(strange) });
    const known: unknown[] = [];
    if (exchange.response.status < 400) known.push((dataOf(exchange.json) as Dossier).id);
    const twin = await createByForm(world, home, form());
    await expectEvent(inbox, 'dossier.created', twin.id);
    known.push(twin.id, await waitForPendingEvents(home, inbox));
    const found = distinctEvents(inbox).filter(
      ({ event }) => event?.type === 'dossier.created' && !known.includes(event.data?.['id']),
    );
    await expectNoEvents(world, inbox, found, 'no dossier.created of what is undone');
  },
  // A server that stores the file when the dossier has been announced.
  liar: keepDossierWithoutFileOn(500),
});

const noContactLeft = defineRule({
  id: 'dossiers/no-contact-left',
  level: 'SHOULD',
  verifies: ['LG-CV-008'],
  sentence: 'A creation that is undone because of its file leaves no contact behind.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const { most } = cvLimits(world.contract);
    const files = [pdf(most + 1), new TextEncoder().encode('Not a PDF'), new Uint8Array()];
    const create = (name: string, file = aCv()) =>
      home.all.send('createDossier', { body: formOf({ type: 'candidate', name }, file) });
    const strange = [...files.map((bytes) => aCv(bytes)), ...otherFiles];
    for (const [index, file] of strange.entries()) {
      const statuses: number[] = [];
      const newcomers = await contactsAddedBy(world, home, async () => {
        const { response } = await create(`With file ${String(index)}`, file);
        statuses.push(response.status);
      });
      // Which of them are taken is another decision.
      if (statuses.every((status) => status >= 400)) expectEqual(newcomers, [], 'the new contacts');
    }
    const newcomers = await contactsAddedBy(world, home, async () => {
      world.expect.success(await create('With a CV'));
    });
    expectEqual(newcomers.length, 1, 'the number of new contacts');
  },
  // A server that writes the contact before it looks at the file.
  liar: keepDossierWithoutFile,
});

const noContactOfFailedUpload = defineRule({
  id: 'dossiers/no-contact-of-failed-upload',
  level: 'SHOULD',
  verifies: ['LG-CV-008'],
  sentence: 'A creation that is undone because its file was not stored leaves no contact behind.',
  needs: ['faults', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const form = () =>
      formOf({ type: 'candidate', name: 'Noor Bakker', email: 'noor@example.com' }, aCv());
    const newcomers = await contactsAddedBy(world, home, async () => {
      await home.failNext('upload');
      const { response } = await home.all.send('createDossier', { body: form() });
      expectThat(response.status >= 500, 'a failure', () => response.status);
    });
    expectEqual(newcomers, [], 'the new contacts');
    const twin = await contactsAddedBy(world, home, () => createByForm(world, home, form()));
    expectEqual(twin.length, 1, 'the number of new contacts');
  },
  liar: failButApply(500),
});

const uploadRefused = defineRule({
  id: 'cv/upload-refused',
  level: 'SHOULD',
  verifies: ['LG-CV-029', 'LG-ERR-028'],
  sentence: 'An upload that is refused leaves an earlier CV in place.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'To keep its CV' };
    const { id } = await createByForm(world, home, formOf(draft, aCv()));
    const { cv_url: before } = await retrieveDossier(world, home, id);
    expectThat(Boolean(before), 'cv_url of the dossier by its id', () => before);
    const expectRefused = async (exchange: Exchange, reason: RefusalReason) => {
      expectPermittedRefusal(world, exchange, [reason]);
      expectEqual((await retrieveDossier(world, home, id)).cv_url, before, 'cv_url as before,');
    };
    const tooMuch = aCv(pdf(cvLimits(world.contract).most + 1));
    for (const { send } of uploads) await expectRefused(await send(home, id, tooMuch), 'LG-CV-020');
    const none = { path: { id }, body: cvForm() };
    await expectRefused(await home.all.send('uploadDossierCv', none), 400);
    const [file] = otherFiles;
    for (const { send } of uploads) {
      const exchange = await send(home, id, file);
      expectFileRefused(world, exchange);
      expectEqual((await retrieveDossier(world, home, id)).cv_url, before, 'cv_url as before,');
    }
    for (const { succeed } of uploads) await succeed(world, home, id, aCv());
  },
  liar: dropPreviousCv(),
});

const uploadFailed = defineRule({
  id: 'cv/upload-failed',
  level: 'SHOULD',
  verifies: ['LG-CV-029'],
  sentence: 'An upload that the server fails to store leaves an earlier CV in place.',
  needs: ['faults', 'fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'candidate' as const, name: 'To keep its CV' };
    const { id } = await createByForm(world, home, formOf(draft, aCv()));
    const { cv_url: before } = await retrieveDossier(world, home, id);
    expectThat(Boolean(before), 'cv_url of the dossier by its id', () => before);
    for (const { send, succeed } of uploads) {
      await home.failNext('upload');
      const { response } = await send(home, id, aCv());
      const failed = response.status >= 500;
      expectThat(failed, 'an answer that the upload failed', () => response.status);
      expectEqual((await retrieveDossier(world, home, id)).cv_url, before, 'cv_url as before,');
      await succeed(world, home, id, aCv());
    }
  },
  liar: dropPreviousCv(),
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
