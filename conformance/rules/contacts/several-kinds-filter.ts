import { someKinds } from '../../arbitraries/new-contact.ts';
import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { contactPagesIn } from '../../world/contact-list.ts';
import { contactKinds, createContacts, type Kind } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/several-kinds-filter',
  level: 'MUST',
  verifies: ['LG-CON-006', 'LG-GEN-017'],
  sentence: 'Several kinds list all who have any of them, or all who have each, in either order.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const full_name = 'Noor Bakker';
    const kinds = contactKinds(world.contract);
    const pairs = kinds.map((kind, index) => [kind, kinds[(index + 1) % kinds.length] ?? kind]);
    const groups = [[], ...kinds.map((kind) => [kind]), ...pairs, [...kinds]];
    const made = await createContacts(
      world,
      home,
      groups.map((kind) => ({ full_name, kind })),
    );
    const idsOf = (passes: (group: readonly Kind[]) => boolean) =>
      made.filter((_, index) => passes(groups[index] ?? [])).map(({ id }) => id);
    const expectCombined = async (asked: readonly Kind[]) => {
      const any = idsOf((group) => asked.some((kind) => group.includes(kind)));
      const each = idsOf((group) => asked.every((kind) => group.includes(kind)));
      // A kind that is asked for twice asks for no more.
      for (const kind of [asked, asked.toReversed(), [...asked, ...asked]]) {
        const pages = await contactPagesIn(world, home, { kind });
        const listed = pages.flat();
        const others = listed.filter((contact) => !contact.kind.some((one) => kind.includes(one)));
        expectThat(others.length === 0, `nobody but of ${kind.join(', ')}`, () => others[0]);
        // What others add meanwhile moves contacts to the next page, and never within one.
        for (const page of pages) {
          const different = new Set(page.map(({ id }) => id)).size;
          expectEqual(different, page.length, 'the number of different contacts');
        }
        const found = made.filter(({ id }) => listed.some((one) => one.id === id));
        const ids = found.map(({ id }) => id).join();
        expectThat(
          ids === any.join() || ids === each.join(),
          `all who are any of ${kind.join(', ')}, or all who are each`,
          () => found.map((contact) => contact.kind),
        );
      }
    };
    for (const kind of kinds) await expectCombined([kind]);
    await world.property([someKinds(kinds, 2)], expectCombined);
  },
  // A server to which the last word counts.
  liar: onDraft(({ url }) => {
    const last = url.searchParams.getAll('kind').at(-1);
    if (last !== undefined) url.searchParams.set('kind', last);
  }),
});
