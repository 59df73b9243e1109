import { onData, onPage } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { comparable } from '../../world/contact-sightings.ts';
import { expectEqual } from '../../world/expectations.ts';
import { expectContactNotListed, findListedContact } from '../../world/contact-list.ts';
import {
  expectFoundByAddress,
  expectFoundBySearch,
  expectLostToSearch,
} from '../../world/contact-search.ts';
import { anUnusedWord, changeContact, contactKinds, createContact } from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';

/** Lists by the kinds that a contact was created with. */
const listByFirstKinds: Liar = (fetch, name) => {
  const first = new Map<unknown, unknown[]>();
  const note = onData(['createContact'], ({ id, kind }) => {
    first.set(id, kind as unknown[]);
  });
  const bend = onPage(['listContacts'], ({ data }, url) => {
    const asked = url.searchParams.get('kind');
    const found = data.filter(({ id }) => first.get(id)?.includes(asked));
    if (asked !== null) data.splice(0, data.length, ...found);
  });
  return bend(note(fetch, name), name);
};

export default defineRule({
  id: 'contacts/filters-follow',
  level: 'MUST',
  verifies: ['LG-CON-005', 'LG-CON-012', 'LG-CON-067', 'LG-CON-068', 'LG-CON-069'],
  sentence: 'Contacts are found by their kinds and words as they are after a change.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kinds = contactKinds(world.contract);
    for (const [before, after] of [
      [kinds.slice(0, 2), kinds.slice(1)],
      [[], kinds],
    ] as const) {
      const { id } = await createContact(world, home, { full_name: 'Noor', kind: [...before] });
      for (const kind of [before, after, before]) {
        await changeContact(world, home, id, { kind: [...kind] });
        for (const one of kinds) {
          if (kind.includes(one)) await findListedContact(world, home, id, { kind: one });
          else await expectContactNotListed(world, home, id, { kind: one });
        }
      }
    }
    const { id } = await createContact(world, home, { full_name: 'Noor', company: 'Zwartkruis' });
    // What was found and isn't any more was taken out, and not left out from the beginning.
    await expectFoundBySearch(world, home, id, 'Zwartkruis');
    for (const field of ['company', 'role', 'full_name'] as const) {
      await changeContact(world, home, id, { company: 'Tulp', [field]: 'Hemelvaart' });
      await expectFoundBySearch(world, home, id, 'Hemelvaart');
      await expectLostToSearch(world, home, id, 'Zwartkruis');
      await changeContact(world, home, id, { [field]: 'Tulp' });
      await expectLostToSearch(world, home, id, 'Hemelvaart');
    }
    // Who is found by a word is shown as they are now.
    await changeContact(world, home, id, { company: 'Hemelvaart', city: 'Breda', notes: 'Old.' });
    const details = { city: 'Delft', notes: 'New.', phone: '+31 6 12345678' };
    for (const [field, value] of Object.entries(details)) {
      await changeContact(world, home, id, { [field]: value });
      await eventually(world, async () => {
        const listed = await findListedContact(world, home, id, { search: 'Hemelvaart' });
        const shown = comparable(field, listed[field as 'city']);
        expectEqual(shown, comparable(field, value), `${field} of who was found`);
      });
    }
    for (const turn of ['a', 'b']) {
      const email = `${turn}${await anUnusedWord(world, home)}@example.com`;
      await changeContact(world, home, id, { email });
      await expectFoundByAddress(world, home, id, email);
    }
  },
  liar: listByFirstKinds,
});
