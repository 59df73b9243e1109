import { someKinds } from '../../arbitraries/new-contact.ts';
import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { contactIdsIn } from '../../world/contact-list.ts';
import { anUnusedWord, contactKinds, createContacts } from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { expectEqual } from '../../world/expectations.ts';
import { whileStill } from '../../world/stillness.ts';

export default defineRule({
  id: 'contacts/any-of-kinds',
  level: 'SHOULD',
  verifies: ['LG-CON-007'],
  sentence: 'Of several kinds, everybody is listed who has any of them.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kinds = contactKinds(world.contract);
    const pairs = kinds.map((kind, index) => [kind, kinds[(index + 2) % kinds.length] ?? kind]);
    const groups = [[], ...kinds.map((kind) => [kind]), ...pairs, [...kinds]];
    const search = await anUnusedWord(world, home);
    const drafts = groups.map((kind) => ({ full_name: `Noor ${search}`, kind }));
    const made = await createContacts(world, home, drafts);
    const patience = { left: true };
    await world.property(
      [someKinds(kinds, 2)],
      async (asked) => {
        const wanted = made.filter((_, index) =>
          asked.some((kind) => groups[index]?.includes(kind)),
        );
        for (const kind of [asked, [...asked, ...asked]]) {
          const ids = wanted.map(({ id }) => id).sort();
          const what = `the ids of any of ${kind.join(', ')}`;
          const look = () => contactIdsIn(world, home, { kind });
          await whileStill(look, (found) => {
            const own = found.filter((id) => made.some((one) => one.id === id));
            expectEqual(own, ids, what);
          });
          // Counted in pages, too: of those alone whom nobody else can join.
          const query = { kind, search, per_page: '4' };
          await eventually(
            world,
            async () => {
              expectEqual(await contactIdsIn(world, home, query), ids, what);
            },
            patience,
          );
        }
      },
      8,
    );
  },
  // A server to which the last word counts.
  liar: onDraft(({ url }) => {
    const last = url.searchParams.getAll('kind').at(-1);
    if (last !== undefined) url.searchParams.set('kind', last);
  }),
});
