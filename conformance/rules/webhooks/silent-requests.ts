import type { OperationId } from '../../../openapi/contract.ts';
import { expectNoEvents } from '../../assertions/deliveries.ts';
import {
  awaitCreations,
  distinctEvents,
  eventsAbout,
  eventsSince,
  expectEvent,
  expectOnlyEvents,
  listenForEvents,
  waitForPendingEvents,
  withoutFirstStages,
  withoutUpdatesOf,
} from '../../assertions/events.ts';
import { unknownIdLike } from '../../assertions/foreign-ids.ts';
import { expectFileRefused, expectPermittedRefusal } from '../../assertions/refusals.ts';
import type { RuleContext } from '../../context/context.ts';
import { asText, expectThat } from '../../context/expectations.ts';
import type { Organization } from '../../context/organization.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { sendExtraEvent } from '../../faults/deliveries.ts';
import type { Fault } from '../../faults/inject.ts';
import { failButApply, refuseButApplyOthers } from '../../faults/partial-writes.ts';
import { changeContact, createContact, deleteContact } from '../../fixtures/contacts.ts';
import { changeDossier, retrieveDossier } from '../../fixtures/dossiers.ts';
import { createByForm, cvForm, formOf, uploadForm } from '../../fixtures/forms.ts';
import { addNote, asPrimary, linkContact, unlinkContact } from '../../fixtures/links-and-notes.ts';
import { aCv, otherFiles } from '../../generators/files.ts';
import type { Client, RawRequest } from '../../http/client.ts';
import type { Delivery } from '../../webhooks/deliveries.ts';
import type { Inbox } from '../../webhooks/endpoints.ts';

/** Notes at each dossier that is looked at that it was. */
const noteVisits: Fault = (fetch, name) => async (request) => {
  if (name(request.method, request.url) === 'getDossier') {
    const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' };
    const body = JSON.stringify({ intake_notes: 'Looked at.' });
    await fetch(new Request(request.url, { method: 'PATCH', headers, body }));
  }
  return fetch(request);
};

/** What was created to be read may be told after all that came later (LG-WEB-040). */
const isFirstOfCreation = (inbox: Inbox, { event }: Delivery): boolean => {
  const type = (['dossier.created', 'note.created'] as const).find((one) => one === event?.type);
  return type !== undefined && eventsAbout(inbox, asText(event?.data?.['id']), type).length === 1;
};

const reading = defineRule({
  id: 'webhooks/reading',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'Reading sends no events, whatever is read.',
  needs: ['webhooks', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const readings = [];
    const noted: string[] = [];
    for (const { id } of world.operations.filter(({ method }) => method === 'GET')) {
      const request = await home.prepare(id);
      const [dossier] = id === 'listDossierNotes' ? Object.values(request.path ?? {}) : [];
      if (dossier !== undefined) {
        await addNote(world, home, dossier, { content: 'To be read' });
        noted.push(dossier);
      }
      readings.push({ id, request });
    }
    await waitForPendingEvents(home, inbox);
    const before = distinctEvents(inbox).length;
    for (const { id, request } of readings) {
      world.expect.success(await home.all.send(id, request));
    }
    const marker = await waitForPendingEvents(home, inbox);
    const found = eventsSince(inbox, before, marker).filter(
      (one) => !isFirstOfCreation(inbox, one),
    );
    const later = await withoutFirstStages(inbox, found, marker);
    const unasked = await withoutUpdatesOf(inbox, later, noted, async () => {
      const { id } = await home.createDossier({ type: 'candidate', name: 'Noted, and not read' });
      await addNote(world, home, id, { content: 'Not to be read' });
      return [id];
    });
    await expectNoEvents(world, inbox, unasked, 'no event because something was read');
  },
  liar: noteVisits,
});

/** Sends a file that is no PDF, in a creation and as an upload. */
const refuseFile = async (world: RuleContext, home: Organization, id: string): Promise<void> => {
  const [file] = otherFiles;
  const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
  expectFileRefused(world, await home.all.send('createDossier', { body: form }));
  const upload = { path: { id }, body: cvForm(file) };
  expectFileRefused(world, await home.all.send('uploadDossierCv', upload));
};

const refused = defineRule({
  id: 'webhooks/refused',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'A request that is refused, for whatever reason, sends no events.',
  needs: ['webhooks', 'fresh-organizations', 'scoped-keys'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    await expectEvent(inbox, 'dossier.created', id);
    const first = await waitForPendingEvents(home, inbox);
    const before = distinctEvents(inbox).length;
    const refuse = async (
      status: number,
      operation: OperationId,
      request: RawRequest,
      client: Client = home.all,
    ) => {
      world.expect.refusal(await client.send(operation, request), status);
    };
    const [path, body] = [{ id }, { name: 'Iris Smit' }];
    const note = { content: 'Called.' };
    await refuse(400, 'createDossier', { body: { type: 'candidate' } });
    await refuse(400, 'createDossier', { body: { ...body, type: 'supplier' } });
    await refuse(400, 'updateDossier', { path, body: { ...body, status: 'paused' } });
    await refuse(400, 'createDossierNote', { path, body: { content: '' } });
    await refuse(400, 'uploadDossierCv', { path, body: new FormData() });
    await refuseFile(world, home, id);
    const { current_stage_id } = await retrieveDossier(world, home, id);
    const elsewhere = { path, body: { current_stage_id: unknownIdLike(current_stage_id) } };
    expectPermittedRefusal(world, await home.all.send('updateDossier', elsewhere), ['LG-DOS-085']);
    const unknown = { id: unknownIdLike(id) };
    await refuse(404, 'updateDossier', { path: unknown, body });
    await refuse(404, 'archiveDossier', { path: unknown });
    await refuse(404, 'createDossierNote', { path: unknown, body: note });
    const reader = await home.client({
      scopes: world.contract.scopes.filter((scope) => scope.endsWith(':read')),
    });
    for (const [client, status] of [
      [world.clientWith(undefined), 401],
      [reader, 403],
    ] as const) {
      await refuse(status, 'createDossier', { body: { ...body, type: 'candidate' } }, client);
      await refuse(status, 'updateDossier', { path, body }, client);
      await refuse(status, 'archiveDossier', { path }, client);
      await refuse(status, 'createDossierNote', { path, body: note }, client);
    }
    const marker = await waitForPendingEvents(home, inbox);
    // The creations may send more than one event, and later (LG-WEB-028).
    const found = eventsSince(inbox, before, marker).filter(
      ({ event }) => event?.data?.['id'] !== first,
    );
    const unasked = await withoutFirstStages(inbox, found, first);
    await expectNoEvents(world, inbox, unasked, 'no event because of what was refused');
    // Another name than the refused one, which may have been kept all the same (LG-ERR-028).
    await changeDossier(world, home, id, { name: 'Mark de Vries' });
    await expectEvent(inbox, 'dossier.updated', id);
  },
  // A server that writes field by field, and stops at the first that is wrong.
  liar: refuseButApplyOthers('status', 400),
});

const failedCreation = defineRule({
  id: 'webhooks/failed-creation',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'A creation that is rolled back, as its file was not stored, sends no events.',
  needs: ['webhooks', 'faults', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const form = () => formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
    const { id } = await home.createDossier({ type: 'candidate', name: 'To get a CV' });
    const first = await waitForPendingEvents(home, inbox);
    const before = distinctEvents(inbox).length;
    await home.failNext('upload');
    const { response } = await home.all.send('createDossier', { body: form() });
    expectThat(response.status >= 400, 'a failure', () => response.status);
    await home.failNext('upload');
    const upload = await uploadForm.send(home, id, aCv());
    expectThat(upload.response.status >= 400, 'a failure', () => upload.response.status);
    const marker = await waitForPendingEvents(home, inbox);
    // What the two creations before have caused may come late, and out of order (LG-WEB-040).
    const found = eventsSince(inbox, before, marker).filter(({ event }) => {
      const about = event?.data?.['id'];
      return about !== first && (about !== id || event?.type === 'dossier.updated');
    });
    await expectNoEvents(world, inbox, found, 'no event because of what was rolled back');
    // The twin: the same creation, when nothing fails.
    await createByForm(world, home, form());
  },
  // A server that stores the file last, and leaves it at that.
  liar: failButApply(500),
});

/** Whether it changes its dossier, what is done to others, is a matter of decisions. */
const allowed: readonly unknown[] = ['dossier.updated', 'note.created'];

const strangeCauses = defineRule({
  id: 'webhooks/strange-causes',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'What is done to contacts and notes creates, moves and deletes no dossier.',
  needs: ['webhooks', 'fresh-organizations'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const first = await waitForPendingEvents(home, inbox);
    await awaitCreations(inbox, [id]);
    const before = distinctEvents(inbox).length;
    const one = await createContact(world, home, { full_name: 'Sanne Mulder' });
    const other = await createContact(world, home, { full_name: 'Daan Visser' });
    await linkContact(world, home, id, { contact_id: one.id, ...asPrimary });
    await linkContact(world, home, id, { contact_id: other.id, role_on_dossier: 'champion' });
    await addNote(world, home, id, { content: 'Both were called.' });
    await changeContact(world, home, one.id, { full_name: 'Sanne de Boer', city: 'Utrecht' });
    await unlinkContact(world, home, id, other.id);
    await deleteContact(world, home, one.id);
    const marker = await waitForPendingEvents(home, inbox);
    const found = eventsSince(inbox, before, marker).filter(
      ({ event }) => event?.data?.['id'] !== first && !allowed.includes(event?.type),
    );
    const unasked = await withoutFirstStages(inbox, found, marker);
    await expectNoEvents(
      world,
      inbox,
      unasked,
      'no event but of the note, and perhaps of a change',
    );
  },
  // A server to which whatever a dossier gets moves it.
  deliveryLiar: sendExtraEvent(
    ({ type }) => type === 'note.created',
    () => 'dossier.stage_changed',
  ),
});

/** Notes at each dossier who was linked to it. */
const noteLinks: Fault = (fetch, name) => async (request) => {
  const response = await fetch(request.clone());
  if (name(request.method, request.url) === 'linkDossierContact') {
    const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' };
    const body = JSON.stringify({ intake_notes: 'Somebody was linked.' });
    const url = request.url.replace(/\/contacts$/, '');
    await fetch(new Request(url, { method: 'PATCH', headers, body }));
  }
  return response;
};

const contactsSilent = defineRule({
  id: 'webhooks/contacts-silent',
  level: 'SHOULD',
  verifies: ['LG-WEB-033'],
  sentence: 'Linking, unlinking and changes of contacts send no event.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listenForEvents(world);
    const { id } = await home.createDossier({ type: 'candidate', name: 'Noor Bakker' });
    const one = await createContact(world, home, { full_name: 'Sanne Mulder' });
    const other = await createContact(world, home, { full_name: 'Daan Visser' });
    await linkContact(world, home, id, { contact_id: one.id, ...asPrimary });
    await linkContact(world, home, id, { contact_id: other.id, role_on_dossier: 'champion' });
    await changeContact(world, home, one.id, { full_name: 'Sanne de Boer', city: 'Utrecht' });
    await unlinkContact(world, home, id, other.id);
    await deleteContact(world, home, one.id);
    await expectEvent(inbox, 'dossier.created', id);
    await waitForPendingEvents(home, inbox);
    await expectOnlyEvents(inbox, id, ['dossier.created']);
  },
  liar: noteLinks,
});

export default [
  reading,
  refused,
  failedCreation,
  strangeCauses,
  contactsSilent,
] satisfies readonly Rule[];
