import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { overtake } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { change } from '../../world/changes.ts';
import { distinct, expectEvents, letPass, listen } from '../../world/events.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'webhooks/order',
  level: 'SHOULD',
  verifies: ['LG-WEB-040'],
  sentence: 'The events of an organisation arrive in the order of their causes.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const expected: string[] = [];
    const dossiers = await home.createDossiers(plainDossiers(3));
    expected.push(...dossiers.map(({ id }) => `dossier.created ${id}`));
    for (const name of ['First', 'Second']) {
      for (const { id } of dossiers) {
        await change(world, home, id, { name });
        expected.push(`dossier.updated ${id}`);
      }
    }
    for (const { id } of dossiers) await expectEvents(inbox, 'dossier.updated', id, 2);
    await letPass(home, inbox);
    const own = new Set<unknown>(dossiers.map(({ id }) => id));
    const arrived = distinct(inbox)
      .filter(({ event }) => own.has(event?.data?.['id']))
      .map(({ event }) => `${String(event?.type)} ${String(event?.data?.['id'])}`);
    expectEqual(arrived, expected, 'the events in the order of their causes:');
  },
  deliveryLiar: overtake(
    ({ type, data }) => type === 'dossier.updated' && data['name'] === 'First',
  ),
});
