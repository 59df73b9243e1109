import { aText } from '../../arbitraries/text.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import fc from 'fast-check';

/** Takes no address for an empty one, which only one contact can have. */
const oneWithout: Liar = (fetch, name) => {
  let without = 0;
  return async (request) => {
    if (name(request.method, request.url) !== 'createContact') return fetch(request);
    const lacks = !(await request.clone().text()).includes('"email"');
    without += lacks ? 1 : 0;
    const response = await fetch(request);
    if (!lacks || without === 1) return response;
    const error = { code: 'duplicate_contact', message: 'Somebody has this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers: response.headers });
  };
};

export default defineRule({
  id: 'contacts/without-email',
  level: 'MUST',
  verifies: ['LG-CON-036'],
  sentence: 'However many contacts are without an address, one more can be.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const names = fc.uniqueArray(aText(), { minLength: 2, maxLength: 5 });
    await world.property(
      [names],
      async (some) => {
        const ids: string[] = [];
        for (const full_name of some) {
          ids.push((await createContact(world, home, { full_name })).id);
        }
        expectEqual(new Set(ids).size, some.length, 'the number of contacts');
        for (const id of ids) {
          const { email } = await retrieveContact(world, home, id);
          expectEqual(email || null, null, 'the address of who has none');
        }
      },
      3,
    );
  },
  liar: oneWithout,
});
