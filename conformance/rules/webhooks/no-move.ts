import { sendBeside } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { distinct, expectEvent, letPass, listen } from '../../world/events.ts';
import { makeFieldChanges, planFieldChanges } from '../../world/field-changes.ts';
import { withoutFirstStages } from '../../world/first-events.ts';
import { createMovable, move } from '../../world/moves.ts';

export default defineRule({
  id: 'webhooks/no-move',
  level: 'MUST',
  verifies: ['LG-WEB-016'],
  sentence: 'A change that leaves a dossier in its stage sends no dossier.stage_changed.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const plans = await planFieldChanges(world, home);
    const twin = await createMovable(home, 'About to be moved');
    // Whether its first stage is a move is a matter of decisions (LG-WEB-028).
    await letPass(home, inbox);
    const before = distinct(inbox).length;
    const changed = await makeFieldChanges(world, home, plans);
    await move(world, home, twin);
    await expectEvent(inbox, 'dossier.stage_changed', twin.id);
    const marker = await letPass(home, inbox);
    const stayed: unknown[] = changed
      .filter(({ field }) => field !== 'current_stage_id')
      .map(({ id }) => id);
    const found = distinct(inbox)
      .slice(before)
      .filter(({ event }) => event?.type === 'dossier.stage_changed')
      .filter(({ event }) => stayed.includes(event?.data?.['id']));
    const unasked = await withoutFirstStages(inbox, found, marker);
    await expectNone(world, inbox, unasked, 'no dossier.stage_changed without a move');
  },
  // A server that sends both events for whatever changes.
  deliveryLiar: sendBeside(
    ({ type }) => type === 'dossier.updated',
    () => 'dossier.stage_changed',
  ),
});
