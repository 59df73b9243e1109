import { sendBeside } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { expectEvent, expectOnly, letPass, listen } from '../../world/events.ts';
import { createMovable } from '../../world/moves.ts';

export default defineRule({
  id: 'webhooks/one-update',
  level: 'SHOULD',
  verifies: ['LG-WEB-029'],
  sentence: 'One change of several fields sends one dossier.updated.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const { id, others } = await createMovable(home, 'About to be changed');
    const details = { name: 'Noor Bakker', company: 'Tulp Logistics', role: 'Planner' };
    await change(world, home, id, { ...details, status: 'won', current_stage_id: others[0] });
    await expectEvent(inbox, 'dossier.updated', id);
    await letPass(home, inbox);
    await expectOnly(inbox, id, ['dossier.created', 'dossier.updated', 'dossier.stage_changed']);
  },
  // A server that has one event for the stage, and one for the rest.
  deliveryLiar: sendBeside(
    ({ type }) => type === 'dossier.stage_changed',
    () => 'dossier.updated',
  ),
});
