import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectFieldsChecked } from '../../world/wrong-values.ts';

export default defineRule({
  id: 'notes/field-checks',
  level: 'SHOULD',
  verifies: ['LG-GEN-034', 'LG-GEN-036'],
  sentence: 'A note with a value of the wrong type, null included, is refused.',
  needs: [],
  check: async (world) => {
    await expectFieldsChecked(world, await world.organization(), 'createDossierNote');
  },
  // A server that makes text of everything.
  liar: onSent(['createDossierNote'], (body) => ({ ...body, content: String(body['content']) })),
});
