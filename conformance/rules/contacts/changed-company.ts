import { aText } from '../../arbitraries/text.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChangeSeen } from '../../world/contact-changes.ts';

export default defineRule({
  id: 'contacts/changed-company',
  level: 'MUST',
  verifies: ['LG-CON-065'],
  sentence: 'A contact can change to another company.',
  needs: [],
  check: (world) => expectChangeSeen(world, 'company', aText(), ['retrieved', 'listed']),
  // A server that takes the employer for somebody's role.
  liar: onSent(['updateContact'], (body) => ({ role: body['company'] })),
});
