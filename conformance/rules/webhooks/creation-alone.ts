import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { sendBeside } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, expectOnly, letPass, listen } from '../../world/events.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'webhooks/creation-alone',
  level: 'SHOULD',
  verifies: ['LG-WEB-028'],
  sentence: 'Creating a dossier, with a CV or without, sends dossier.created alone.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const created = await home.createDossiers(plainDossiers(2));
    const form = formOf({ type: 'candidate', name: 'Noor Bakker' }, aCv());
    created.push(await createByForm(world, home, form));
    for (const { id } of created) await expectEvent(inbox, 'dossier.created', id);
    await letPass(home, inbox);
    for (const { id } of created) expectOnly(inbox, id, ['dossier.created']);
  },
  // A server that stores the CV when the dossier is there already.
  deliveryLiar: sendBeside(
    ({ type, data }) => type === 'dossier.created' && typeof data['cv_url'] === 'string',
    () => 'dossier.updated',
  ),
});
