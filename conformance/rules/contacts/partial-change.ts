import fc from 'fast-check';
import { aFullContact, someChanges } from '../../arbitraries/new-contact.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  createAndSeeContact,
  expectContactKept,
} from '../../world/contact-sightings.ts';
import { anUnusedEmail, contactFields, contactKinds } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

const ofList = ['phone', 'linkedin_url', 'notes'];

/** The order of kinds is a matter of decisions, and so is whether nothing is told. */
const settled = (name: string, value: unknown): unknown =>
  name === 'kind' ? [...(value as string[])].sort() : (value ?? null);

export default defineRule({
  id: 'contacts/partial-change',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056'],
  sentence: 'A change changes the fields that it names, any selection of them, and no others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kinds = contactKinds(world.contract);
    const changesInTurn = fc.array(someChanges(kinds), { minLength: 1, maxLength: 3 });
    await world.property(
      [aFullContact(kinds), changesInTurn],
      async (draft, history) => {
        const email = await anUnusedEmail(world, home);
        let before = await createAndSeeContact(world, home, { ...draft, email });
        for (const changes of history) {
          const seen = await changeAndSeeContact(world, home, before.answered.id, changes);
          expectContactKept(seen, changes, ['listed']);
          const shown = Object.entries(changes).filter(([name]) => !ofList.includes(name));
          expectContactKept(seen, Object.fromEntries(shown), ['retrieved', 'listed']);
          for (const name of contactFields(world.contract)) {
            if (name in changes) continue;
            for (const place of ['retrieved', 'listed'] as const) {
              const was = settled(name, before[place][name]);
              expectEqual(settled(name, seen[place][name]), was, `${name} as before,`);
            }
            const told = seen.answered[name];
            // How precisely a moment is told is a matter of decisions.
            if (told === undefined || name === 'created_at') continue;
            const was = settled(name, before.listed[name]);
            expectEqual(settled(name, told), was, `${name} in the answer as before,`);
          }
          before = seen;
        }
      },
      10,
    );
  },
  // A server to which what isn't sent is nothing.
  liar: onSent(['updateContact'], (body) => ({ company: null, ...body })),
});
