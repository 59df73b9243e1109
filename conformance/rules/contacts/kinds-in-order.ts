import { someKinds } from '../../arbitraries/new-contact.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  contactPlaces,
  createAndSeeContact,
} from '../../world/contact-sightings.ts';
import { contactKinds } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/kinds-in-order',
  level: 'SHOULD',
  verifies: ['LG-CON-047'],
  sentence: 'Kinds are answered in the order in which they were sent, each of them once.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const some = someKinds(contactKinds(world.contract), 2);
    await world.property(
      [some, some],
      async (first, second) => {
        const draft = { full_name: 'Noor Bakker', kind: [...first, ...first] };
        const made = await createAndSeeContact(world, home, draft);
        const [head, ...rest] = second;
        const again = head ? [head, ...rest, head] : [];
        const changed = await changeAndSeeContact(world, home, made.answered.id, { kind: again });
        for (const place of contactPlaces) {
          expectEqual(made[place].kind, first, 'the kinds as sent, each once,');
          expectEqual(changed[place].kind, second, 'the changed kinds as sent, each once,');
        }
      },
      8,
    );
  },
  // A server that sorts them.
  liar: onSent(['createContact', 'updateContact'], (body) => ({
    ...body,
    kind: [...(body['kind'] as string[])].sort(),
  })),
});
