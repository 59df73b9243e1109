import {
  distinctEvents,
  eventsAbout,
  expectEvent,
  expectEvents,
  listenForEvents,
  waitForPendingEvents,
} from '../../assertions/events.ts';
import { asText, expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { NewDossier } from '../../contract/resources.ts';
import { reorderDeliveries } from '../../faults/deliveries.ts';
import type { Fault } from '../../faults/inject.ts';
import { archiveDossier, createDossier, updateDossier } from '../../fixtures/dossiers.ts';
import { createMovableDossier, moveDossier } from '../../fixtures/flows.ts';
import { addNote } from '../../fixtures/links-and-notes.ts';

const order = defineRule({
  id: 'webhooks/order',
  level: 'SHOULD',
  verifies: ['LG-WEB-040'],
  sentence: 'Each endpoint receives the events of its organisation in the order of their causes.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const expected: string[] = [];
    const ids: string[] = [];
    const create = async (draft: NewDossier) => {
      const { id } = await createDossier(org, draft);
      ids.push(id);
      expected.push(`dossier.created ${id}`);
      return id;
    };
    const rename = async (id: string, name: string) => {
      await updateDossier(org, id, { name });
      expected.push(`dossier.updated ${id}`);
    };
    const takesNotes = context.operations.some(({ id }) => id === 'createDossierNote');
    const note = async (dossier: string) => {
      if (!takesNotes) return;
      const { id } = await addNote(org, dossier, { content: 'Called' });
      ids.push(id);
      expected.push(`note.created ${id}`);
    };
    // The causes of different types and dossiers alternate, so that sorting by either fails.
    const one = await create({ type: 'sales', name: 'Windmolen' });
    await rename(one, 'First');
    const other = await create({ type: 'candidate', name: 'Akker' });
    await note(one);
    await rename(other, 'First');
    await rename(one, 'Second');
    const last = await create({ type: 'sales', name: 'Molen' });
    await note(other);
    await rename(last, 'First');
    await note(one);
    await rename(other, 'Second');
    await expectEvents(inbox, 'dossier.updated', one, 2);
    await expectEvents(inbox, 'dossier.updated', other, 2);
    await waitForPendingEvents(org, inbox);
    const own = new Set<unknown>(ids);
    const arrived = distinctEvents(inbox)
      .filter(({ event }) => own.has(event?.data?.['id']))
      .map(({ event }) => `${asText(event?.type)} ${asText(event?.data?.['id'])}`);
    const isSent = (event: string) => inbox.types.some((type) => event.startsWith(`${type} `));
    expectEqual(
      arrived.filter(isSent),
      expected.filter(isSent),
      'the events in the order of their causes:',
    );
  },
  deliveryFault: reorderDeliveries(
    ({ type, data }) => type === 'dossier.updated' && data['name'] === 'First',
  ),
});

const updateFirst = defineRule({
  id: 'webhooks/update-first',
  level: 'SHOULD',
  verifies: ['LG-WEB-041'],
  sentence: 'Of the events of a single change, `dossier.updated` comes first.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    // Several times, so that no random order, such as that of random ids, passes.
    for (const name of ['Windmolen', 'Akker', 'Molen']) {
      const movable = await createMovableDossier(org, name);
      const { id } = movable;
      await moveDossier(org, movable);
      await expectEvent(inbox, 'dossier.stage_changed', id);
      await expectEvent(inbox, 'dossier.updated', id);
      await archiveDossier(org, id);
      await expectEvent(inbox, 'dossier.deleted', id);
      const order = eventsAbout(inbox, id).map(({ event }) => event?.type);
      expectEqual(
        order,
        [
          ...['dossier.created', 'dossier.updated', 'dossier.stage_changed'],
          ...['dossier.updated', 'dossier.deleted'],
        ],
        'the events in this order:',
      );
    }
  },
  deliveryFault: reorderDeliveries(({ type }) => type === 'dossier.updated'),
});

/** The maximum duration of a response under normal conditions, in seconds. */
const ample = 2;

const answerLate: Fault = (fetch) => async (request) => {
  const response = await fetch(request);
  await new Promise((resolve) => {
    setTimeout(resolve, 3_000 * ample);
  });
  return response;
};

const noWaiting = defineRule({
  id: 'webhooks/no-waiting',
  level: 'SHOULD',
  verifies: ['LG-WEB-036'],
  sentence: 'No response of the API waits for a slow receiver.',
  needs: ['webhooks', 'own-endpoints'],
  check: async (context) => {
    const org = await context.organization();
    // The receiver never responds.
    const inbox = await org.inbox(() => new Promise(() => undefined));
    let answers = 0;
    const work = async (): Promise<void> => {
      const { id } = await createDossier(org, { type: 'candidate', name: 'Noor Bakker' });
      answers += 1;
      await updateDossier(org, id, { name: 'Iris Smit' });
      answers += 1;
      await addNote(org, id, { content: 'Called.' });
      answers += 1;
      await archiveDossier(org, id);
      answers += 1;
    };
    const working = work();
    // A later failure of this request doesn't matter.
    working.catch(() => undefined);
    const arrived = await inbox.find(({ event }) => event?.type === 'dossier.created');
    expectThat(arrived !== undefined, 'dossier.created', () => 'nothing');
    if (arrived) inbox.show(arrived);
    // As long as responses keep coming, however slowly.
    for (let before = -1; answers > before && answers < 4;) {
      before = answers;
      await Promise.race([working, context.wait(ample)]);
    }
    expectThat(
      answers === 4,
      'responses, whatever the receiver does',
      () => `${String(answers)} of 4`,
    );
  },
  // A server that delivers before it responds.
  fault: answerLate,
});

export default [order, updateFirst, noWaiting] satisfies readonly Rule[];
