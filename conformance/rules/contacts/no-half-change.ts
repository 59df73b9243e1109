import { doHalf } from '../../liars/half-done.ts';
import { defineRule } from '../../rule.ts';
import { contactsWith } from '../../world/contact-list.ts';
import {
  anUnusedWord,
  changeContact,
  contactKinds,
  createContact,
  factsOf,
} from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { expectEqual } from '../../world/expectations.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'contacts/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A creation or change that is refused for one of its fields has changed nothing.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const [kind = 'candidate'] = contactKinds(world.contract);
    const word = await anUnusedWord(world, home);
    const email = `noor.bakker.${word}@example.com`;
    await createContact(world, home, { full_name: 'Noor Bakker', email });
    const { id } = await createContact(world, home, { full_name: `Iris ${word}`, kind: [kind] });
    const look = async () =>
      (await contactsWith(world, home, word)).map((contact) => factsOf(world.contract, contact));
    const before = await look();
    const right = { full_name: `Mark ${word}`, company: `Tulp ${word}`, kind: [] };
    const offences = [{ kind: [kind, 'lead'] }, { email }, { full_name: null }, { city: ['Ede'] }];
    for (const offence of offences) {
      const body = { ...right, ...offence };
      expectPermittedRefusal(world, await home.all.send('createContact', { body }), [
        'LG-ERR-023',
        409,
      ]);
      const change = { path: { id }, body };
      expectPermittedRefusal(world, await home.all.send('updateContact', change), [
        'LG-ERR-023',
        409,
      ]);
      await eventually(world, async () => {
        expectEqual(await look(), before, 'all contacts as before,');
      });
    }
    await createContact(world, home, { full_name: 'Mark' });
    await changeContact(world, home, id, { full_name: 'Mark', company: 'Tulp' });
  },
  // A server that changes field by field, until one doesn't fit.
  liar: doHalf('city', 400),
});
