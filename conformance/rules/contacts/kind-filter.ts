import fc from 'fast-check';
import { someKinds } from '../../arbitraries/new-contact.ts';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { contactsIn } from '../../world/contact-list.ts';
import { contactKinds, createContacts } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/kind-filter',
  level: 'MUST',
  verifies: ['LG-CON-005'],
  sentence: 'Contacts listed by a kind have it, and whoever has it is listed.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kinds = contactKinds(world.contract);
    const groups = fc.array(someKinds(kinds), { minLength: 2, maxLength: 4 });
    await world.property(
      [groups],
      async (some) => {
        const drafts = some.map((kind) => ({ full_name: 'Noor Bakker', kind }));
        const made = await createContacts(world, home, drafts);
        for (const kind of kinds) {
          const listed = await contactsIn(world, home, { kind });
          const others = listed.filter((contact) => !contact.kind.includes(kind));
          expectThat(others.length === 0, `nobody but of the kind ${kind}`, () => others[0]);
          const wanted = made.filter((_, index) => some[index]?.includes(kind)).map(({ id }) => id);
          const found = wanted.filter((id) => listed.some((contact) => contact.id === id));
          expectEqual(found, wanted, `the own contacts of the kind ${kind}`);
        }
      },
      4,
    );
  },
  // A server that lists by the first of the kinds of a contact.
  liar: onPage(['listContacts'], ({ data }, url) => {
    const asked = url.searchParams.get('kind');
    const found = data.filter(({ kind }) => (kind as string[])[0] === asked);
    if (asked !== null) data.splice(0, data.length, ...found);
  }),
});
