import fc from 'fast-check';
import { contactsIn } from '../../world/contact-list.ts';
import type { ContactChanges } from '../../world/contacts.ts';
import { eventually, type Patience } from '../../world/eventually.ts';
import { expectEqual } from '../../world/expectations.ts';
import { command, untouched, type Command } from '../command.ts';
import type { Session } from '../session.ts';
import { aContactNumber, changeContact, createContact } from './contacts.ts';

/** Words that nothing else holds, none of them like another. */
const words = ['Hemelvaart', 'Zwartkruis', 'Mistral', 'Kwartel'];

/** The searched fields, and one that isn't. */
const fields = ['full_name', 'company', 'role', 'city'] as const;
const searched: readonly string[] = fields.slice(0, 3);

const aWord = (): fc.Arbitrary<ContactChanges> =>
  fc
    .tuple(fc.constantFrom(...fields), fc.constantFrom(...words))
    .map(([field, word]) => ({ [field]: word }));

/** Gives a new or an old contact a word, in place of the one that it had in that field. */
export const aWordGiven = (): fc.Arbitrary<Command> =>
  fc.oneof(
    aWord().map((word) => createContact({ full_name: 'Noor', ...word })),
    fc.tuple(aContactNumber(), aWord()).map(([number, word]) => changeContact(number, word)),
  );

/** The search for a word finds those who have it now, and not those who had it. */
const search = (word: string, patience: Patience): Command =>
  command(`search for ${word}`, async (session) => {
    await eventually(session.world, () => expectFound(session, word), patience);
    return untouched;
  });

const expectFound = async ({ oracle, world, home }: Session, word: string): Promise<void> => {
  const found = new Set((await contactsIn(world, home, { search: word })).map(({ id }) => id));
  for (const [id, facts] of oracle.contacts) {
    const has = searched.some((name) => facts.get(name) === word);
    expectEqual(found.has(id), has, `whether the contact ${id} is found by ${word}:`);
  }
  for (const id of oracle.deleted) {
    expectEqual(found.has(id), false, `whether the deleted contact ${id} is found by ${word}:`);
  }
};

export const aSearch = (patience: Patience): fc.Arbitrary<Command> =>
  fc.constantFrom(...words).map((word) => search(word, patience));
