import fc from 'fast-check';
import { aType } from '../../arbitraries/new-dossier.ts';
import { aText } from '../../arbitraries/text.ts';
import { forget } from '../../liars/deliveries.ts';
import { defineRule } from '../../rule.ts';
import { expectEvent, listen } from '../../world/events.ts';
import { aCv, createByForm, formOf } from '../../world/forms.ts';

export default defineRule({
  id: 'webhooks/creation',
  level: 'MUST',
  verifies: ['LG-WEB-010'],
  sentence: 'Creating a dossier sends dossier.created, by JSON and by form, with a CV or without.',
  needs: ['webhooks'],
  check: async (world) => {
    const { home, inbox } = await listen(world);
    const away = fc.constantFrom('JSON', 'form', 'form with CV');
    await world.property(
      [aType(), aText(), away],
      async (type, name, way) => {
        const draft = { type, name };
        // A CV for a sale is a matter of decisions.
        const files = way === 'form with CV' && type === 'candidate' ? [aCv()] : [];
        const { id } =
          way === 'JSON'
            ? await home.createDossier(draft)
            : await createByForm(world, home, formOf(draft, ...files));
        await expectEvent(inbox, 'dossier.created', id);
      },
      10,
    );
  },
  // A server that forgets what comes with a file.
  deliveryLiar: forget(
    ({ type, data }) => type === 'dossier.created' && typeof data['cv_url'] === 'string',
  ),
});
