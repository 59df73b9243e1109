import { aText } from '../../arbitraries/text.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChangeSeen } from '../../world/contact-changes.ts';

export default defineRule({
  id: 'contacts/changed-name',
  level: 'MUST',
  verifies: ['LG-CON-058'],
  sentence: 'A contact can be renamed.',
  needs: [],
  check: (world) => expectChangeSeen(world, 'full_name', aText(), ['retrieved', 'listed']),
  // A server whose names are for good.
  liar: overlook('updateContact', 'full_name'),
});
