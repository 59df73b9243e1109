import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { expectFoundByAddress, expectFoundBySearch } from '../../world/contact-search.ts';
import {
  anUnusedWord,
  createContact,
  createContacts,
  type Contact,
  type NewContact,
} from '../../world/contacts.ts';
import { dataOf, type Organization } from '../../world/organization.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import type { World } from '../../world/world.ts';

/**
 * Of four letters and digits or more, of any script: an index may leave shorter words out
 * (LG-CON-085), and other characters may have a meaning (LG-CON-016).
 */
const words = [
  'Zwartkruis',
  'Łukasz',
  'Ивановна',
  'أحمد',
  'ごとうさん',
  '00421',
  '24Kitchen',
  'Straße',
  'Wouk',
];

/** Contacts that have the word in each of the fields, alone and among others. */
const draftsWith = (word: string): NewContact[] => {
  const others = { full_name: 'Noor Bakker', city: 'Breda' };
  return [
    ...[word, `Noor ${word}`, `${word} Bakker`].map((full_name) => ({ full_name })),
    { ...others, company: `Tulp ${word} Logistics` },
    { ...others, role: `Senior ${word}` },
    { ...others, company: 'Tulp', role: word },
  ];
};

/** A word at the end of a text that may be too long to be kept (LG-GEN-042) is found if it is. */
const expectFoundInLongText = async (world: World, home: Organization): Promise<void> => {
  const body = { full_name: 'Noor Bakker', company: `${'Tulp '.repeat(60)}Hemelvaart` };
  const long = await home.all.send('createContact', { body });
  if (long.response.status >= 400) {
    expectPermittedRefusal(world, long, ['LG-GEN-042', 'LG-GEN-043']);
    return;
  }
  await expectFoundBySearch(world, home, (dataOf(long.json) as Contact).id, 'Hemelvaart');
};

export default defineRule({
  id: 'contacts/search',
  level: 'MUST',
  verifies: ['LG-CON-012'],
  sentence: 'The search finds a contact by a whole word of its name, address, company or role.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const first = await createContact(world, home, { full_name: 'Noor Zilverlinde' });
    for (const word of words) {
      // All of them are there before the first search, so that one wait is enough for all.
      for (const { id } of await createContacts(world, home, draftsWith(word))) {
        await expectFoundBySearch(world, home, id, word);
      }
    }
    // By now many others have come.
    await expectFoundBySearch(world, home, first.id, 'Zilverlinde');
    await expectFoundInLongText(world, home);
    const email = `noor${await anUnusedWord(world, home)}@example.com`;
    const { id } = await createContact(world, home, { full_name: 'Iris Bakker', email });
    await expectFoundByAddress(world, home, id, email);
  },
  // A server that searches what was searched before there were roles.
  liar: onPage(['listContacts'], ({ data }, url) => {
    const word = url.searchParams.get('search') ?? '';
    const found = data.filter(({ role }) => !String(role).includes(word));
    data.splice(0, data.length, ...found);
  }),
});
