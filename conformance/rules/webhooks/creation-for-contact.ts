import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedEmail, createContact } from '../../world/contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { formOf } from '../../world/forms.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { isPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'webhooks/creation-for-contact',
  level: 'MUST',
  verifies: ['LG-WEB-010'],
  sentence: 'A dossier for somebody who is known already sends dossier.created as any other does.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    for (const type of dossierTypes(world.contract)) {
      const email = await anUnusedEmail(world, home);
      const { id: contact_id } = await createContact(world, home, { full_name: 'Noor', email });
      const drafts = [
        { type, name: 'For a contact', contact_id },
        { type, name: 'For an address', email },
      ];
      for (const draft of drafts) {
        for (const body of [draft, formOf({ ...draft, name: `${draft.name}, by a form` })]) {
          const exchange = await home.all.send('createDossier', { body });
          // Whether an address may be known is a matter of decisions (LG-DOS-064).
          if ('email' in draft && isPermittedRefusal(world, exchange, ['LG-DOS-064'])) continue;
          world.expect.success(exchange);
          await expectEvent(inbox, 'dossier.created', (dataOf(exchange.json) as Dossier).id);
        }
      }
    }
  },
  deliveryLiar: forget(
    ({ type, data }) => type === 'dossier.created' && data['name'] === 'For a contact',
  ),
});
