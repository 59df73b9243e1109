import { aPhone } from '../../arbitraries/phone.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChangeSeen } from '../../world/contact-changes.ts';

export default defineRule({
  id: 'contacts/changed-phone',
  level: 'MUST',
  verifies: ['LG-CON-063'],
  sentence: 'A contact can have another phone number.',
  needs: [],
  check: (world) => expectChangeSeen(world, 'phone', aPhone(), ['listed']),
  liar: overlook('updateContact', 'phone'),
});
