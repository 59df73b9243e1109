import fc from 'fast-check';
import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { contactIdsIn } from '../../world/contact-list.ts';
import {
  anUnusedWord,
  createContact,
  createContacts,
  type NewContact,
} from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Organization } from '../../world/organization.ts';
import { whileStill } from '../../world/stillness.ts';
import type { World } from '../../world/world.ts';

/** Of few letters, so that one text often stands in another; no blanks at the ends. */
const aFewLetters = (maxLength: number) =>
  fc
    .string({ unit: fc.constantFrom('a', 'b', 'é', ' ', '-', '小'), minLength: 1, maxLength })
    .map((text) => text.replaceAll(' ', 'o ').trim());

const aDraft = () =>
  fc.record({
    full_name: aFewLetters(8),
    company: aFewLetters(8),
    role: aFewLetters(8),
    city: aFewLetters(3),
    mailbox: fc.constantFrom(undefined, 'ab-a', 'bee', 'o-b'),
  });

/** Whether shorter words alone are found is another decision (LG-CON-085). */
const hasLongWord = (text: string): boolean => /[\p{L}\p{N}]{4}/u.test(text);

type Draft = Omit<NewContact, 'email'> & { readonly mailbox: string | undefined };

const withAddress = ({ mailbox, ...draft }: Draft, index: number, word: string): NewContact => {
  if (mailbox === undefined) return draft;
  return { ...draft, email: `${mailbox}${String(index)}.${word}@example.com` };
};

/** Found is what is in a field: not its words in another order, nor a similar spelling. */
const expectAsItStands = async (
  world: World,
  home: Organization,
  patience: { left: boolean },
): Promise<void> => {
  const { id } = await createContact(world, home, { full_name: 'Sanne Çelikova' });
  const isFound = async (search: string) =>
    (await contactIdsIn(world, home, { search })).includes(id);
  const found = async () => {
    expectEqual(await isFound('Sanne Çelikova'), true, 'found by the name:');
  };
  await eventually(world, found, patience);
  for (const search of ['Çelikova Sanne', 'Sanne Celikova']) {
    expectEqual(await isFound(search), false, `found by "${search}":`);
  }
};

export default defineRule({
  id: 'contacts/search-anywhere',
  level: 'SHOULD',
  verifies: ['LG-CON-014'],
  sentence: 'The search finds a text anywhere in one of the four fields, and as it stands.',
  needs: [],
  check: async (world) => {
    const patience = { left: true };
    await expectAsItStands(world, await world.organization(), patience);
    await world.property(
      [fc.array(aDraft(), { minLength: 1, maxLength: 5 }), fc.array(aFewLetters(6))],
      async (plain, texts) => {
        const home = await world.organization();
        const word = await anUnusedWord(world, home);
        const drafts = plain.map((draft, index) => withAddress(draft, index, word));
        const made = await createContacts(world, home, drafts);
        const parts = drafts.flatMap(({ full_name, email, company, role }) => [
          ...[full_name, full_name.slice(1, 6), company?.slice(1) ?? '', role?.slice(0, 4) ?? ''],
          email?.slice(2, 8) ?? '',
        ]);
        const searches = [...texts, ...parts, '@example.', 'le.com'].map((text) => text.trim());
        for (const search of searches.filter(hasLongWord)) {
          const wanted = made.filter((_, index) => {
            const { full_name, email, company, role } = drafts[index] ?? {};
            return [full_name, email, company, role].some((text) => text?.includes(search));
          });
          const look = () => contactIdsIn(world, home, { search });
          const check = () =>
            whileStill(look, (found) => {
              const ids = found.filter((id) => made.some((one) => one.id === id));
              expectEqual(ids, wanted.map(({ id }) => id).sort(), `the ids found by "${search}"`);
            });
          await eventually(world, check, patience);
        }
      },
      8,
    );
  },
  // A server that finds words by their beginnings.
  liar: onPage(['listContacts'], ({ data }, url) => {
    const text = url.searchParams.get('search') ?? '';
    const found = data.filter(({ full_name, email, company, role }) =>
      [full_name, email, company, role].some((one) => ` ${String(one)}`.includes(` ${text}`)),
    );
    data.splice(0, data.length, ...found);
  }),
});
