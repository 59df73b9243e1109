import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onData } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { createContacts, deleteContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, contactsOn, link, primariesOn } from '../../world/links.ts';
import { plainContacts } from '../../arbitraries/plain-contacts.ts';

/** Makes who is left the primary contact. */
const findHeir: Liar = (fetch, name) => {
  let deleted = false;
  const bend = onData(['deleteContact', 'listDossierContacts'], (data) => {
    if (data['deleted'] === true) deleted = true;
    else if (deleted) data['is_primary'] = true;
  });
  return bend(fetch, name);
};

export default defineRule({
  id: 'contacts/deleted-primary',
  level: 'SHOULD',
  verifies: ['LG-CON-079'],
  sentence: 'Once its primary contact is deleted, a dossier has none.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const draft of plainDossiers(2)) {
      const contacts = await createContacts(world, home, plainContacts(2));
      const [first, second] = contacts.map(({ id }) => id);
      if (first === undefined || second === undefined) return;
      const { id } = await home.createDossier({ ...draft, contact_id: second });
      await link(world, home, id, { contact_id: first, ...asPrimary });
      expectEqual(await primariesOn(world, home, id), [first], 'the primary contact');
      await deleteContact(world, home, first);
      const left = (await contactsOn(world, home, id)).map(({ contact_id }) => contact_id);
      expectEqual(left, [second], 'the contacts that are left');
      expectEqual(await primariesOn(world, home, id), [], 'the primary contacts');
    }
  },
  liar: findHeir,
});
