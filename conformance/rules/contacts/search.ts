import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { contactsIn, findListedContact } from '../../world/contact-list.ts';
import {
  anUnusedEmail,
  createContact,
  type Contact,
  type NewContact,
} from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { expectThat } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

/** Of letters and digits of any script: other characters may have a meaning (LG-CON-016). */
const words = [
  'Zwartkruis',
  'Łukasz',
  'Ивановна',
  'أحمد',
  'ごとうさん',
  '00421',
  '24Kitchen',
  'Straße',
  'Wu',
];

export default defineRule({
  id: 'contacts/search',
  level: 'MUST',
  verifies: ['LG-CON-012'],
  sentence: 'The search finds a contact by a whole word of its name, address, company or role.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const first = await createContact(world, home, { full_name: 'Noor Zilverlinde' });
    const look = async (draft: NewContact, search: string) => {
      const { id } = await createContact(world, home, draft);
      await eventually(world, async () => {
        await findListedContact(world, home, id, { search });
      });
    };
    for (const word of words) {
      for (const full_name of [word, `Noor ${word}`, `${word} Bakker`]) {
        await look({ full_name }, word);
      }
      const others = { full_name: 'Noor Bakker', city: 'Breda' };
      await look({ ...others, company: `Tulp ${word} Logistics` }, word);
      await look({ ...others, role: `Senior ${word}` }, word);
      await look({ ...others, company: 'Tulp', role: word }, word);
    }
    await eventually(world, async () => {
      // By now many others have come.
      await findListedContact(world, home, first.id, { search: 'Zilverlinde' });
    });
    // At the end of a text that may be too long to be kept (LG-GEN-042).
    const body = { full_name: 'Noor Bakker', company: `${'Tulp '.repeat(60)}Hemelvaart` };
    const long = await home.all.send('createContact', { body });
    if (long.response.status >= 400)
      expectPermittedRefusal(world, long, ['LG-GEN-042', 'LG-GEN-043']);
    else {
      await eventually(world, async () => {
        await findListedContact(world, home, (dataOf(long.json) as Contact).id, {
          search: 'Hemelvaart',
        });
      });
    }
    const email = (await anUnusedEmail(world, home)).replaceAll('-', '').replace('.', '');
    const { id } = await createContact(world, home, { full_name: 'Iris Bakker', email });
    await eventually(world, async () => {
      // Whether the whole of it is a word, or what stands before the @, is anybody's guess.
      const [name = ''] = email.split('@');
      const found = [
        ...(await contactsIn(world, home, { search: email })),
        ...(await contactsIn(world, home, { search: name })),
      ];
      const expected = `the contact ${id} by its address`;
      expectThat(
        found.some((one) => one.id === id),
        expected,
        () => 'lists without it',
      );
    });
  },
  // A server that searches what was searched before there were roles.
  liar: onPage(['listContacts'], ({ data }, url) => {
    const word = url.searchParams.get('search') ?? '';
    const found = data.filter(({ role }) => !String(role).includes(word));
    data.splice(0, data.length, ...found);
  }),
});
