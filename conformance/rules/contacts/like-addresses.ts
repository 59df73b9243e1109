import { defineRule, type Liar } from '../../rule.ts';
import { changeAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { anUnusedEmail, createContact } from '../../world/contacts.ts';

/** Other addresses, however like the first they are; those that patterns match come after it. */
const variations = [
  ...['noorxb', 'noor_b', 'noor.b', 'noorb', 'noor-b', 'noor+b', 'noor+c', 'noor', 'noor__'],
  ...['xnoorxb', 'noorxbx'],
];

/** Looks for an address as for a pattern, where an underscore stands for any letter. */
const takeForPattern: Liar = (fetch) => {
  const taken: string[] = [];
  return async (request) => {
    const text = request.body === null ? '' : await request.clone().text();
    const email = /"email":"([^"]*)"/.exec(text)?.[1];
    const response = await fetch(request);
    if (email === undefined) return response;
    const pattern = new RegExp(`^${email.replaceAll('_', '.').replaceAll('+', '\\+')}$`, 'i');
    const found = taken.some((one) => pattern.test(one));
    taken.push(email);
    if (!found) return response;
    const error = { code: 'duplicate_contact', message: 'Somebody has this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers: response.headers });
  };
};

export default defineRule({
  id: 'contacts/like-addresses',
  level: 'MUST',
  verifies: ['LG-CON-030', 'LG-CON-059'],
  sentence: 'Addresses that differ in more than letter case are different ones.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const [mine, yours] = [await anUnusedEmail(world, home), await anUnusedEmail(world, home)];
    for (const variation of variations) {
      const email = mine.replace('noor', variation);
      await createContact(world, home, { full_name: 'Noor Bakker', email });
    }
    for (const variation of variations) {
      const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
      const email = yours.replace('noor', variation);
      const seen = await changeAndSeeContact(world, home, id, { email });
      expectContactKept(seen, { email }, ['retrieved', 'listed']);
    }
  },
  liar: takeForPattern,
});
