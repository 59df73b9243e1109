import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { contactFields, createContact, retrieveContact } from '../../world/contacts.ts';
import { createIn, newcomersBy, waysToCreate } from '../../world/dossier-contacts.ts';
import { dossierTypes } from '../../world/dossier-types.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn } from '../../world/links.ts';

export default defineRule({
  id: 'dossiers/known-address',
  level: 'SHOULD',
  verifies: ['LG-DOS-064'],
  sentence:
    'Who has the address of a new dossier already is linked to it, unchanged, and no other.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const home = await world.organization();
    const person = { full_name: 'Noor Bakker', email: 'noor@example.com', company: 'Tulp' };
    const { id: contact_id } = await createContact(world, home, person);
    const before = await retrieveContact(world, home, contact_id);
    for (const type of dossierTypes(world.contract)) {
      for (const email of [person.email, 'Noor@Example.COM']) {
        for (const way of waysToCreate) {
          const draft = { type, name: 'Iris Smit', company: 'Lelie', phone: '+3225551212', email };
          const linked: string[] = [];
          const newcomers = await newcomersBy(world, home, async () => {
            const { id } = await createIn(world, home, way, draft);
            for (const one of await contactsOn(world, home, id)) linked.push(one.contact_id);
          });
          expectEqual([newcomers, linked], [[], [contact_id]], 'the new contacts and those linked');
        }
      }
    }
    const after = await retrieveContact(world, home, contact_id);
    for (const name of contactFields(world.contract).filter((one) => one !== 'dossier_count')) {
      expectEqual(after[name] ?? null, before[name] ?? null, `${name} as before,`);
    }
  },
  // A server that makes a contact without an address where the address is taken.
  liar: overlook('createDossier', 'email'),
});
