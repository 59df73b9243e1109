import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectFieldsChecked } from '../../world/wrong-values.ts';

export default defineRule({
  id: 'links/field-checks',
  level: 'SHOULD',
  verifies: ['LG-GEN-028', 'LG-GEN-034', 'LG-GEN-036', 'LG-GEN-049'],
  sentence: 'A link with a value of the wrong form or type, null included, is refused.',
  needs: [],
  check: async (world) => {
    await expectFieldsChecked(world, await world.organization(), 'linkDossierContact');
  },
  // A server to which everything that isn't nothing is true.
  liar: onSent(['linkDossierContact'], (body) =>
    'is_primary' in body ? { ...body, is_primary: Boolean(body['is_primary']) } : body,
  ),
});
