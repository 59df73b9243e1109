import { sendBeside } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectNone } from '../../world/absence.ts';
import { change } from '../../world/changes.ts';
import { eventsAbout, expectEvent, letPass, listen } from '../../world/events.ts';
import { makeFieldChanges, planFieldChanges } from '../../world/field-changes.ts';

export default defineRule({
  id: 'webhooks/not-archived',
  level: 'MUST',
  verifies: ['LG-WEB-021'],
  sentence:
    'Changes that leave a dossier unarchived, its restoration too, send no dossier.deleted.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const plans = await planFieldChanges(world, home);
    const changed = await makeFieldChanges(world, home, plans);
    const lost = await home.createDossier({ type: 'sales', name: 'About to be lost' });
    await change(world, home, lost.id, { status: 'lost' });
    const { id } = await home.createDossier({ type: 'sales', name: 'About to be restored' });
    await change(world, home, id, { status: 'archived' });
    await expectEvent(inbox, 'dossier.deleted', id);
    await inbox.settle();
    const before = eventsAbout(inbox, id, 'dossier.deleted');
    await change(world, home, id, { status: 'active' });
    await letPass(home, inbox);
    const ofLiving = [...changed, lost].flatMap((one) =>
      eventsAbout(inbox, one.id, 'dossier.deleted'),
    );
    await expectNone(world, inbox, ofLiving, 'no dossier.deleted of a dossier that lives');
    const after = eventsAbout(inbox, id, 'dossier.deleted').slice(before.length);
    await expectNone(world, inbox, after, 'no dossier.deleted of a dossier that is restored');
  },
  // A server to which a dossier that is lost is gone.
  deliveryLiar: sendBeside(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'lost',
    () => 'dossier.deleted',
  ),
});
