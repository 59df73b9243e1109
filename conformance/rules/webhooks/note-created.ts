import fc from 'fast-check';
import { expectNoEvents, expectValidSignature } from '../../assertions/deliveries.ts';
import {
  eventsAbout,
  expectEvent,
  expectOnlyEvents,
  listenForEvents,
  waitForPendingEvents,
} from '../../assertions/events.ts';
import { expectWholeTexts } from '../../assertions/fields.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Note } from '../../contract/resources.ts';
import { dropEvents, onDelivery, onEvent, sendExtraEvent } from '../../faults/deliveries.ts';
import type { Fault } from '../../faults/inject.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { addNote, findNote } from '../../fixtures/links-and-notes.ts';
import { aText } from '../../generators/values.ts';

const note = defineRule({
  id: 'webhooks/note',
  level: 'MUST',
  verifies: ['LG-WEB-023'],
  sentence: 'Adding a note, internal or not, sends `note.created`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id: dossier } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    const drafts = fc.record(
      { content: aText(), is_internal: fc.boolean() },
      { requiredKeys: ['content'] },
    );
    await context.property([drafts], async (draft) => {
      const { id } = await addNote(org, dossier, draft);
      await expectEvent(inbox, 'note.created', id);
    });
  },
  // A server that sends no event for internal notes.
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'note.created' && data['is_internal'] === true,
  ),
});

const noteOnce = defineRule({
  id: 'webhooks/note-once',
  level: 'MUST',
  verifies: ['LG-WEB-023'],
  sentence: 'Adding a note sends `note.created` once.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id: dossier } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    const ids: string[] = [];
    for (const is_internal of [true, false]) {
      ids.push((await addNote(org, dossier, { content: 'Called.', is_internal })).id);
    }
    for (const id of ids) await expectEvent(inbox, 'note.created', id);
    await waitForPendingEvents(org, inbox);
    for (const id of ids) {
      const [, ...more] = eventsAbout(inbox, id, 'note.created');
      await expectNoEvents(context, inbox, more, `one note.created about ${id}`);
    }
  },
  // A server that sends one event for the author and one for the dossier.
  deliveryFault: sendExtraEvent(
    ({ type }) => type === 'note.created',
    ({ type }) => type,
  ),
});

/** A server that copies the latest note to the intake notes. */
const copyNotes: Fault = (fetch, name) => async (request) => {
  const response = await fetch(request.clone());
  if (name(request.method, request.url) === 'createDossierNote') {
    const { content } = (await request.json()) as { content: string };
    const init = { method: 'PATCH', headers: new Headers(request.headers) };
    const body = JSON.stringify({ intake_notes: content });
    await fetch(new Request(request.url.replace(/\/notes$/, ''), { ...init, body }));
  }
  return response;
};

const noteAlone = defineRule({
  id: 'webhooks/note-alone',
  level: 'SHOULD',
  verifies: ['LG-WEB-034'],
  sentence: 'Adding a note sends only `note.created`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
    const note = await addNote(org, id, { content: 'Called.' });
    await expectEvent(inbox, 'note.created', note.id);
    await waitForPendingEvents(org, inbox);
    await expectOnlyEvents(inbox, id, ['dossier.created']);
    await expectOnlyEvents(inbox, note.id, ['note.created']);
  },
  fault: copyNotes,
});

const wholeNote = defineRule({
  id: 'webhooks/whole-note',
  level: 'SHOULD',
  verifies: ['LG-WEB-027'],
  sentence: 'The `data` of `note.created` is the whole note.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    await context.property([aText()], async (content) => {
      const dossier = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
      const { id } = await addNote(org, dossier.id, { content, is_internal: false });
      const { event } = await expectEvent(inbox, 'note.created', id);
      const listed = await findNote(org, dossier.id, id);
      expectEqual(event?.data, listed, 'data of note.created equal to the listed note,');
    });
  },
  deliveryFault: onEvent(({ type, data }) => {
    if (type === 'note.created') delete data['content'];
  }),
});

const longNote = defineRule({
  id: 'webhooks/long-note',
  level: 'MUST',
  verifies: ['LG-WEB-023', 'LG-SIG-006'],
  sentence: 'Adding a note of any length sends `note.created`, with a valid signature.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const { id } = await createDossier(org, { type: 'candidate', name: 'With long notes' });
    await expectWholeTexts(
      context,
      ['content'],
      (body) => org.all.send('createDossierNote', { path: { id }, body }),
      async (_, { json }) => {
        const note = dataOf(json) as Note;
        context.about('LG-WEB-023');
        const delivery = await expectEvent(inbox, 'note.created', note.id);
        context.about('LG-SIG-006');
        expectValidSignature(context, delivery, inbox.secret);
      },
    );
  },
  // A server whose queue has a maximum message size.
  deliveryFault: onDelivery((delivery) => (delivery.body.length > 4_096 ? [] : [delivery])),
});

export default [note, noteOnce, noteAlone, wholeNote, longNote] satisfies readonly Rule[];
