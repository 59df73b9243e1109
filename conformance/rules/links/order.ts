import { onPage } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, contactsOn, link } from '../../world/links.ts';

/**
 * As they are linked, one after the other: out of order by name, address, company, role and moment
 * of creation, forwards and backwards.
 */
const people = [
  { full_name: 'Willem', company: 'Delta', made: 3, role: 'champion' },
  { full_name: 'anna', company: 'Zaan', made: 6, role: 'other' },
  { full_name: 'Zoë', company: 'Brug', made: 1, role: 'introducer' },
  { full_name: 'Bram', company: 'Haven', made: 4, role: 'decision_maker' },
  { full_name: 'Noor', company: 'Akker', made: 0, role: 'other' },
  { full_name: 'Dirk', company: 'Kade', made: 5, role: 'gatekeeper' },
  { full_name: 'Karel', company: 'Markt', made: 2, role: 'hiring_manager' },
] as const;

const names = people.map(({ full_name }) => full_name);

export default defineRule({
  id: 'links/order',
  level: 'SHOULD',
  verifies: ['LG-LNK-009'],
  sentence: 'The primary contact is listed first, then the others in the order of their linking.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With many people' });
    const ids = new Map<string, string>();
    for (const { full_name, company } of people.toSorted((a, b) => a.made - b.made)) {
      ids.set(full_name, (await createContact(world, home, { full_name, company })).id);
    }
    for (const { full_name, role } of people) {
      const contact_id = ids.get(full_name) ?? '';
      await link(world, home, id, { contact_id, role_on_dossier: role });
    }
    const list = async () => (await contactsOn(world, home, id)).map(({ full_name }) => full_name);
    const linked = (await list()).filter((name) => ids.has(name));
    expectEqual(linked, names, 'the names in the list');
    const others: string[] = [...names];
    // The first of the two is no longer primary after the second, and stays where it was linked.
    for (const full_name of ['Tess', 'Bo']) {
      const { id: contact_id } = await createContact(world, home, { full_name });
      await link(world, home, id, { contact_id, ...asPrimary });
      const [first, ...rest] = await list();
      expectEqual(first, full_name, 'the first name in the list');
      const following = rest.filter((name) => others.includes(name));
      expectEqual(following, others, 'the other names in the list');
      others.push(full_name);
    }
  },
  // A server that lists people in the order of their creation.
  liar: onPage(['listDossierContacts'], ({ data }) => {
    const placeOf = ({ full_name }: (typeof data)[number]) =>
      people.find((one) => one.full_name === full_name)?.made ?? -1;
    data.sort((a, b) => placeOf(a) - placeOf(b));
  }),
});
