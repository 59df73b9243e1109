import { aProfile } from '../../arbitraries/new-contact.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectChangeSeen } from '../../world/contact-changes.ts';

export default defineRule({
  id: 'contacts/changed-linkedin-url',
  level: 'MUST',
  verifies: ['LG-CON-064'],
  sentence: 'A contact can have another profile address.',
  needs: [],
  check: (world) => expectChangeSeen(world, 'linkedin_url', aProfile(), ['listed']),
  liar: overlook('updateContact', 'linkedin_url'),
});
