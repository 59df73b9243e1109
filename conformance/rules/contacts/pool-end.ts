import { onRequest } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { shortWindows } from '../../world/allowance.ts';
import { contactIdsIn, findListedContact } from '../../world/contact-list.ts';
import { createContact } from '../../world/contacts.ts';
import { expectThat } from '../../world/expectations.ts';

/** So that no clock tick decides, in seconds. */
const margin = 0.1;

export default defineRule({
  id: 'contacts/pool-end',
  level: 'SHOULD',
  verifies: ['LG-CON-011'],
  sentence: 'A time in the talent pool is over as soon as it ends.',
  needs: ['talent-pool'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    let inside = false;
    // On a busy machine a short time is over before it was looked at.
    for (const seconds of shortWindows) {
      await home.setPoolWindow(id, seconds);
      inside = (await contactIdsIn(world, home, { pool: 'in_pool' })).includes(id);
      if (!inside) continue;
      await world.wait(seconds + margin);
      await findListedContact(world, home, id, { pool: 'expired' });
      break;
    }
    expectThat(inside, 'a contact in the pool until its time ends', () => 'one that is not in it');
    // One that ends now has ended by the time that it is asked for.
    await home.setPoolWindow(id, 0);
    await findListedContact(world, home, id, { pool: 'expired' });
  },
  // A server that counts days.
  liar: onRequest(['listContacts'], (request) => {
    const url = request.url.replace('pool=expired', 'pool=in_pool');
    return Promise.resolve(new Request(url, request));
  }),
});
