import { expectNoEvents } from '../../assertions/deliveries.ts';
import {
  distinctEvents,
  expectEvent,
  expectEvents,
  isAbout,
  listenForEvents,
  waitForPendingEvents,
  withoutFirstStages,
} from '../../assertions/events.ts';
import { makeFieldUpdates, planFieldUpdates } from '../../assertions/fields.ts';
import { isPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Dossier } from '../../contract/resources.ts';
import {
  dropEvents,
  eventOfDelivery,
  onEvent,
  onReceiver,
  sendExtraEvent,
} from '../../faults/deliveries.ts';
import { retrieveDossier, updateDossier } from '../../fixtures/dossiers.ts';
import { createMovableDossier, createMovableDossiers, moveDossier } from '../../fixtures/flows.ts';
import type { Delivery } from '../../webhooks/deliveries.ts';
import type { Inbox } from '../../webhooks/endpoints.ts';

const webhooksMove = defineRule({
  id: 'webhooks/move',
  level: 'MUST',
  verifies: ['LG-WEB-015'],
  sentence: 'Each move to another stage, earlier or later, sends `dossier.stage_changed`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    for (const movable of await createMovableDossiers(org, 'Before a move')) {
      const { id, current_stage_id, others } = movable;
      const stages = [...others, current_stage_id];
      for (const [index, stage] of stages.entries()) {
        await updateDossier(org, id, { current_stage_id: stage });
        await expectEvents(inbox, 'dossier.stage_changed', id, index + 1);
      }
      // Together with other fields, which have their own event.
      const changes = { name: 'Moved once more', current_stage_id: others[0] };
      await updateDossier(org, id, changes);
      await expectEvents(inbox, 'dossier.stage_changed', id, stages.length + 1);
    }
  },
  // A server that sends only moves forward.
  deliveryFault: onReceiver((receiver) => {
    const first = new Map<unknown, unknown>();
    return {
      ...receiver,
      receive: (delivery) => {
        const { type, data } = eventOfDelivery(delivery);
        const start = first.get(data['id']) ?? data['current_stage_id'];
        first.set(data['id'], start);
        const back = type === 'dossier.stage_changed' && data['current_stage_id'] === start;
        if (!back) receiver.receive(delivery);
      },
    };
  }),
});

const moveUpdates = defineRule({
  id: 'webhooks/move-updates',
  level: 'MUST',
  verifies: ['LG-WEB-013'],
  sentence:
    'Moving a dossier to another stage sends both `dossier.updated` and `dossier.stage_changed`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    for (const movable of await createMovableDossiers(org, 'Before a move')) {
      await moveDossier(org, movable);
      await expectEvent(inbox, 'dossier.stage_changed', movable.id);
      await expectEvent(inbox, 'dossier.updated', movable.id);
    }
  },
  // A server that sends only the special event.
  deliveryFault: dropEvents(({ type }) => type === 'dossier.updated'),
});

/** The event of the move has the current stage and status. */
const expectMove = async (org: Organization, inbox: Inbox, id: string, sent = 'active') => {
  // Not every field has to be shown.
  const { current_stage_id: stage, status = sent } = await retrieveDossier(org, id);
  const isOfMove = isAbout('dossier.stage_changed', id);
  await expectEvent(inbox, 'dossier.stage_changed', id);
  // An event for its first stage may arrive before (LG-WEB-028).
  const isToStage = (delivery: Delivery) => delivery.event?.data?.['current_stage_id'] === stage;
  await inbox.find((delivery) => isOfMove(delivery) && isToStage(delivery));
  const moves = inbox.deliveries().filter(isOfMove);
  const { event } = moves.find(isToStage) ?? moves.at(-1) ?? {};
  expectEqual(event?.data?.['current_stage_id'], stage, 'current_stage_id in data');
  expectEqual(event?.data?.['status'], status, 'the status in data');
};

const movedData = defineRule({
  id: 'webhooks/moved-data',
  level: 'MUST',
  verifies: ['LG-WEB-017'],
  sentence:
    'The `data` of `dossier.stage_changed` has the `id`, the new `current_stage_id` and the `status` of the dossier.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    // Alone, and together with a status.
    for (const status of [undefined, 'lost'] as const) {
      for (const { id, others } of await createMovableDossiers(org, 'Before a move')) {
        const changes = { current_stage_id: others[0], ...(status && { status }) };
        const exchange = await org.all.send('updateDossier', { path: { id }, body: changes });
        // A dossier that isn't active may not be movable (LG-DOS-086).
        if (status && isPermittedRefusal(context, exchange, ['LG-DOS-086'])) continue;
        context.expect.success(exchange);
        // A stage may also determine the status, which the response then shows.
        const returned = dataOf(exchange.json) as Partial<Dossier> | undefined;
        await expectMove(org, inbox, id, returned?.status ?? status);
      }
    }
  },
  // A server that sends the previous stage.
  deliveryFault: onEvent(({ type, data }) => {
    if (type === 'dossier.stage_changed') data['current_stage_id'] = data['flow_id'];
  }),
});

const noMove = defineRule({
  id: 'webhooks/no-move',
  level: 'MUST',
  verifies: ['LG-WEB-016'],
  sentence: 'An update that leaves a dossier in its stage sends no `dossier.stage_changed`.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const plans = await planFieldUpdates(org);
    const control = await createMovableDossier(org, 'Before a move');
    // Whether its first stage counts as a move is a decision (LG-WEB-028).
    await waitForPendingEvents(org, inbox);
    const before = distinctEvents(inbox).length;
    const changed = await makeFieldUpdates(org, plans);
    await moveDossier(org, control);
    await expectEvent(inbox, 'dossier.stage_changed', control.id);
    const marker = await waitForPendingEvents(org, inbox);
    const stayed: unknown[] = changed
      .filter(({ field }) => field !== 'current_stage_id')
      .map(({ id }) => id);
    const found = distinctEvents(inbox)
      .slice(before)
      .filter(({ event }) => event?.type === 'dossier.stage_changed')
      .filter(({ event }) => stayed.includes(event?.data?.['id']));
    const defaultPage = await withoutFirstStages(inbox, found, marker);
    await expectNoEvents(context, inbox, defaultPage, 'no dossier.stage_changed without a move');
  },
  // A server that sends both events for every update.
  deliveryFault: sendExtraEvent(
    ({ type }) => type === 'dossier.updated',
    () => 'dossier.stage_changed',
  ),
});

export default [webhooksMove, moveUpdates, movedData, noMove] satisfies readonly Rule[];
