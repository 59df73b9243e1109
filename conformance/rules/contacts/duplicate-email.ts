import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { contactsWith } from '../../world/contact-list.ts';
import {
  anUnusedWord,
  changeContact,
  createContact,
  retrieveContact,
} from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn } from '../../world/links.ts';
import { whileStill } from '../../world/stillness.ts';
import { anEmail } from '../../arbitraries/email.ts';

export default defineRule({
  id: 'contacts/duplicate-email',
  level: 'MUST',
  verifies: ['LG-CON-032', 'LG-ERR-012'],
  sentence: 'An address that a contact has is refused to a new one, which is not created.',
  needs: [],
  check: (world) =>
    world.property(
      [anEmail(), anEmail().map((email) => `b.${email}`)],
      async (...drafted) => {
        const home = await world.organization();
        const word = await anUnusedWord(world, home);
        const addresses = drafted.map((one) => one.replace('@', `.${word}@`));
        const [email = '', another = ''] = addresses;
        const first = await createContact(world, home, { full_name: 'Noor Bakker', email });
        const second = await createContact(world, home, { full_name: `Iris ${word}` });
        // Given by a change, it is no less an address.
        await changeContact(world, home, second.id, { email: another });
        const before = [first.id, second.id].sort();
        for (const taken of [email, another]) {
          // Neither the same person again nor somebody else.
          for (const body of [
            { full_name: `Noor Bakker ${word}` },
            { full_name: `Mark ${word}`, city: 'Breda' },
          ]) {
            const offence = { ...body, email: taken };
            world.expect.refusal(await home.all.send('createContact', { body: offence }), 409);
            const look = () => contactsWith(world, home, word);
            await whileStill(look, (found) => {
              expectEqual(found.map(({ id }) => id).sort(), before, 'the ids of all contacts');
            });
          }
        }
        await createContact(world, home, { full_name: 'Mark', email: `c.${email}` });
        // One who came with a dossier may have the address, or not (LG-DOS-057).
        const address = `d.${email}`;
        const { id } = await home.createDossier({ type: 'sales', name: 'Tulp', email: address });
        for (const { contact_id } of await contactsOn(world, home, id)) {
          const own = (await retrieveContact(world, home, contact_id)).email?.toLowerCase();
          const body = { full_name: 'Mark', email: address };
          if (own !== address.toLowerCase()) continue;
          world.expect.refusal(await home.all.send('createContact', { body }), 409);
        }
      },
      5,
    ),
  liar: refuseNot(409),
});
