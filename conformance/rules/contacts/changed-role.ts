import { aText } from '../../arbitraries/text.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChangeSeen } from '../../world/contact-changes.ts';

export default defineRule({
  id: 'contacts/changed-role',
  level: 'MUST',
  verifies: ['LG-CON-066'],
  sentence: 'A contact can have another role.',
  needs: [],
  check: (world) => expectChangeSeen(world, 'role', aText(), ['retrieved', 'listed']),
  liar: overlook('updateContact', 'role'),
});
