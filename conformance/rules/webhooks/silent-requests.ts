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
import type { Organization } from '../../context/context.ts';
import { asText, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { sendExtraEvent } from '../../faults/deliveries.ts';
import type { Fault } from '../../faults/inject.ts';
import { failButApply, refuseButApplyOthers } from '../../faults/partial-writes.ts';
import { createContact, deleteContact, updateContact } from '../../fixtures/contacts.ts';
import { createDossier, retrieveDossier, updateDossier } from '../../fixtures/dossiers.ts';
import { createByForm, cvForm, formOf, uploadForm } from '../../fixtures/forms.ts';
import {
  addNote,
  linkContact,
  primaryLink,
  unlinkContact,
} from '../../fixtures/links-and-notes.ts';
import { aCv, nonPdfFiles } from '../../generators/files.ts';
import type { Client, RawRequest } from '../../http/client.ts';
import type { Delivery } from '../../webhooks/deliveries.ts';
import type { Inbox } from '../../webhooks/endpoints.ts';
import { Form } from '../../http/form.ts';

/** A server that updates each dossier that is read. */
const noteVisits: Fault = (fetch, name) => async (request) => {
  if (name(request.method, request.url) === 'getDossier') {
    const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' };
    const body = JSON.stringify({ intake_notes: 'Read.' });
    await fetch(new Request(request.url, { method: 'PATCH', headers, body }));
  }
  return fetch(request);
};

/** The events of the setup may arrive late (LG-WEB-040). */
const isFirstOfCreation = (inbox: Inbox, { event }: Delivery): boolean => {
  const type = (['dossier.created', 'note.created'] as const).find((one) => one === event?.type);
  return type !== undefined && eventsAbout(inbox, asText(event?.data?.['id']), type).length === 1;
};

const reading = defineRule({
  id: 'webhooks/reading',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'Read requests send no events.',
  needs: ['webhooks', 'fresh-organizations'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const readings = [];
    const noted: string[] = [];
    for (const { id } of context.operations.filter(({ method }) => method === 'GET')) {
      const request = await org.prepare(id);
      const [dossier] = id === 'listDossierNotes' ? Object.values(request.path ?? {}) : [];
      if (dossier !== undefined) {
        await addNote(org, dossier, { content: 'To be read' });
        noted.push(dossier);
      }
      readings.push({ id, request });
    }
    await waitForPendingEvents(org, inbox);
    const before = distinctEvents(inbox).length;
    for (const { id, request } of readings) {
      context.expect.success(await org.all.send(id, request));
    }
    const marker = await waitForPendingEvents(org, inbox);
    const found = eventsSince(inbox, before, marker).filter(
      (one) => !isFirstOfCreation(inbox, one),
    );
    const later = await withoutFirstStages(inbox, found, marker);
    const defaultPage = await withoutUpdatesOf(inbox, later, noted, async () => {
      const { id } = await createDossier(org, { type: 'candidate', name: 'Noted, and not read' });
      await addNote(org, id, { content: 'Not to be read' });
      return [id];
    });
    await expectNoEvents(context, inbox, defaultPage, 'no event caused by reading');
  },
  fault: noteVisits,
});

/** Sends a file that isn't a PDF, in a creation and in an upload. */
const refuseFile = async (org: Organization, id: string): Promise<void> => {
  const [file] = nonPdfFiles;
  const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, file);
  expectFileRefused(org.context, await org.all.send('createDossier', { body: form }));
  const upload = { path: { id }, body: cvForm(file) };
  expectFileRefused(org.context, await org.all.send('uploadDossierCv', upload));
};

const refused = defineRule({
  id: 'webhooks/refused',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: 'Refused requests send no events.',
  needs: ['webhooks', 'fresh-organizations', 'scoped-keys'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    await expectEvent(inbox, 'dossier.created', id);
    const first = await waitForPendingEvents(org, inbox);
    const before = distinctEvents(inbox).length;
    const refuse = async (
      status: number,
      operation: OperationId,
      request: RawRequest,
      client: Client = org.all,
    ) => {
      context.expect.refusal(await client.send(operation, request), status);
    };
    const [path, body] = [{ id }, { name: 'Iris Smit' }];
    const note = { content: 'Called.' };
    await refuse(400, 'createDossier', { body: { type: 'candidate' } });
    await refuse(400, 'createDossier', { body: { ...body, type: 'supplier' } });
    await refuse(400, 'updateDossier', { path, body: { ...body, status: 'paused' } });
    await refuse(400, 'createDossierNote', { path, body: { content: '' } });
    await refuse(400, 'uploadDossierCv', { path, body: new Form() });
    await refuseFile(org, id);
    const { current_stage_id } = await retrieveDossier(org, id);
    const elsewhere = { path, body: { current_stage_id: unknownIdLike(current_stage_id) } };
    expectPermittedRefusal(context, await org.all.send('updateDossier', elsewhere), ['LG-DOS-085']);
    const unknown = { id: unknownIdLike(id) };
    await refuse(404, 'updateDossier', { path: unknown, body });
    await refuse(404, 'archiveDossier', { path: unknown });
    await refuse(404, 'createDossierNote', { path: unknown, body: note });
    const reader = await org.client({
      scopes: context.contract.scopes.filter((scope) => scope.endsWith(':read')),
    });
    for (const [client, status] of [
      [context.clientWith(undefined), 401],
      [reader, 403],
    ] as const) {
      await refuse(status, 'createDossier', { body: { ...body, type: 'candidate' } }, client);
      await refuse(status, 'updateDossier', { path, body }, client);
      await refuse(status, 'archiveDossier', { path }, client);
      await refuse(status, 'createDossierNote', { path, body: note }, client);
    }
    const marker = await waitForPendingEvents(org, inbox);
    // The creations may send several events, and late (LG-WEB-028).
    const found = eventsSince(inbox, before, marker).filter(
      ({ event }) => event?.data?.['id'] !== first,
    );
    const defaultPage = await withoutFirstStages(inbox, found, first);
    await expectNoEvents(context, inbox, defaultPage, 'no event caused by refused requests');
    // Another name than the refused one, which may have been kept (LG-ERR-028).
    await updateDossier(org, id, { name: 'Mark de Vries' });
    await expectEvent(inbox, 'dossier.updated', id);
  },
  // A server that applies an update field by field, up to the invalid one.
  fault: refuseButApplyOthers('status', 400),
});

const failedCreation = defineRule({
  id: 'webhooks/failed-creation',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence: "A creation that is rolled back because its file can't be stored sends no events.",
  needs: ['webhooks', 'faults', 'fresh-organizations'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const form = () => formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
    const { id } = await createDossier(org, { type: 'candidate', name: 'To get a CV' });
    const first = await waitForPendingEvents(org, inbox);
    const before = distinctEvents(inbox).length;
    await org.failNext('upload');
    const { response } = await org.all.send('createDossier', { body: form() });
    expectThat(response.status >= 400, 'a failure', () => response.status);
    await org.failNext('upload');
    const upload = await uploadForm.send(org, id, aCv());
    expectThat(upload.response.status >= 400, 'a failure', () => upload.response.status);
    const marker = await waitForPendingEvents(org, inbox);
    // The events of the two creations before may arrive late and in any order (LG-WEB-040).
    const found = eventsSince(inbox, before, marker).filter(({ event }) => {
      const about = event?.data?.['id'];
      return about !== first && (about !== id || event?.type === 'dossier.updated');
    });
    await expectNoEvents(
      context,
      inbox,
      found,
      'no event caused by the creation that is rolled back',
    );
    // Positive control: the same creation without a failure.
    await createByForm(org, form());
  },
  // A server that stores the file last, and keeps the dossier when that fails.
  fault: failButApply(500),
});

/** Whether changes of its parts also update a dossier is a decision. */
const allowed: readonly unknown[] = ['dossier.updated', 'note.created'];

const strangeCauses = defineRule({
  id: 'webhooks/strange-causes',
  level: 'MUST',
  verifies: ['LG-WEB-025'],
  sentence:
    'Changes of contacts and notes send no events about creating, moving or deleting a dossier.',
  needs: ['webhooks', 'fresh-organizations'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    const first = await waitForPendingEvents(org, inbox);
    await awaitCreations(inbox, [id]);
    const before = distinctEvents(inbox).length;
    const one = await createContact(org, { full_name: 'Sanne Mulder' });
    const other = await createContact(org, { full_name: 'Daan Visser' });
    await linkContact(org, id, { contact_id: one.id, ...primaryLink });
    await linkContact(org, id, { contact_id: other.id, role_on_dossier: 'champion' });
    await addNote(org, id, { content: 'Both were called.' });
    await updateContact(org, one.id, { full_name: 'Sanne de Boer', city: 'Utrecht' });
    await unlinkContact(org, id, other.id);
    await deleteContact(org, one.id);
    const marker = await waitForPendingEvents(org, inbox);
    const found = eventsSince(inbox, before, marker).filter(
      ({ event }) => event?.data?.['id'] !== first && !allowed.includes(event?.type),
    );
    const defaultPage = await withoutFirstStages(inbox, found, marker);
    await expectNoEvents(
      context,
      inbox,
      defaultPage,
      'no events except of the note, and perhaps of an update',
    );
  },
  // A server that sends a move for every change of a dossier's parts.
  deliveryFault: sendExtraEvent(
    ({ type }) => type === 'note.created',
    () => 'dossier.stage_changed',
  ),
});

/** A server that updates each dossier that a contact is linked to. */
const noteLinks: Fault = (fetch, name) => async (request) => {
  const response = await fetch(request.clone());
  if (name(request.method, request.url) === 'linkDossierContact') {
    const headers = { ...Object.fromEntries(request.headers), 'content-type': 'application/json' };
    const body = JSON.stringify({ intake_notes: 'A contact was linked.' });
    const url = request.url.replace(/\/contacts$/, '');
    await fetch(new Request(url, { method: 'PATCH', headers, body }));
  }
  return response;
};

const contactsSilent = defineRule({
  id: 'webhooks/contacts-silent',
  level: 'SHOULD',
  verifies: ['LG-WEB-033'],
  sentence: 'Linking, unlinking and changes of contacts send no events.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    const one = await createContact(org, { full_name: 'Sanne Mulder' });
    const other = await createContact(org, { full_name: 'Daan Visser' });
    await linkContact(org, id, { contact_id: one.id, ...primaryLink });
    await linkContact(org, id, { contact_id: other.id, role_on_dossier: 'champion' });
    await updateContact(org, one.id, { full_name: 'Sanne de Boer', city: 'Utrecht' });
    await unlinkContact(org, id, other.id);
    await deleteContact(org, one.id);
    await expectEvent(inbox, 'dossier.created', id);
    await waitForPendingEvents(org, inbox);
    await expectOnlyEvents(inbox, id, ['dossier.created']);
  },
  fault: noteLinks,
});

export default [
  reading,
  refused,
  failedCreation,
  strangeCauses,
  contactsSilent,
] satisfies readonly Rule[];
