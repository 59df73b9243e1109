import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { makeFieldChanges, planFieldChanges } from '../../world/field-changes.ts';

export default defineRule({
  id: 'webhooks/changed-field',
  level: 'MUST',
  verifies: ['LG-WEB-012'],
  sentence: 'Changing any one field of a dossier sends dossier.updated.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const plans = await planFieldChanges(world, home);
    for (const { id } of await makeFieldChanges(world, home, plans)) {
      await expectEvent(inbox, 'dossier.updated', id);
    }
  },
  // A server that has forgotten a field.
  deliveryLiar: forget(
    ({ type, data }) => type === 'dossier.updated' && data['deal_currency'] === 'USD',
  ),
});
