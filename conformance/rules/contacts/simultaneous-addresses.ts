import { lookBeforeTaking } from '../../liars/addresses.ts';
import { defineRule } from '../../rule.ts';
import { contactsIn } from '../../world/contact-list.ts';
import { anUnusedEmail, createContact, createContacts } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';
import type { Exchange } from '../../world/exchange.ts';
import { plainContacts } from '../../arbitraries/plain-contacts.ts';

export default defineRule({
  id: 'contacts/simultaneous-addresses',
  level: 'MUST',
  verifies: ['LG-CON-034'],
  sentence: 'Of several who want one address at the same moment one gets it, at most.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const others = await createContacts(world, home, plainContacts(3));
    const wanted: string[] = [];
    for (let round = 1; round <= 5; round += 1) {
      const email = await anUnusedEmail(world, home);
      wanted.push(email);
      const create = (address: string) =>
        home.all.send('createContact', { body: { full_name: 'Noor Bakker', email: address } });
      const exchanges: Exchange[] = await Promise.all([
        ...[email, email.toUpperCase(), email].map(create),
        ...others.map(({ id }) =>
          home.all.send('updateContact', { path: { id }, body: { email } }),
        ),
      ]);
      const winners = exchanges.filter(
        ({ operation, response: { status } }) =>
          operation && world.acceptances.of(operation, status)?.success,
      );
      expectThat(winners.length <= 1, 'one success at most', () => winners.map(({ json }) => json));
      // Alone, one gets an address.
      await createContact(world, home, { full_name: 'Iris', email: `b.${email}` });
    }
    const all = await contactsIn(world, home);
    for (const email of wanted) {
      const holders = all.filter((contact) => contact.email?.toLowerCase() === email);
      expectThat(holders.length <= 1, 'one contact with the address at most', () => holders);
    }
  },
  liar: lookBeforeTaking,
});
