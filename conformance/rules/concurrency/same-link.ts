import { onPage } from '../../liars/answers.ts';
import { onOverlap } from '../../liars/overlaps.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { atOnce, times } from '../../world/at-once.ts';
import { createContact, retrieveContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn } from '../../world/links.ts';

/** Looks whether a contact is linked before it links it: who comes meanwhile links it too. */
const linkTwice: Liar = (fetch, name) => {
  const raced = new Set<unknown>();
  const note = onOverlap(['linkDossierContact'], ({ sent }) => {
    raced.add(sent['contact_id']);
    return undefined;
  });
  const show = onPage(['listDossierContacts'], (page) => {
    page.data.push(...page.data.filter((one) => raced.has(one['contact_id'])));
  });
  return show(note(fetch, name), name);
};

export default defineRule({
  id: 'concurrency/same-link',
  level: 'SHOULD',
  verifies: ['LG-LNK-026'],
  sentence: 'A contact that is linked to a dossier several times at once is on it once.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const [dossier] = await home.createDossiers([{ type: 'sales', name: 'Once is enough' }]);
    const id = dossier?.id ?? '';
    const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const body = { contact_id, role_on_dossier: 'champion' };
    const send = () => home.all.send('linkDossierContact', { path: { id }, body });
    await atOnce(
      world,
      times(5, () => send),
    );
    const found = (await contactsOn(world, home, id)).filter(
      (one) => one.contact_id === contact_id,
    );
    expectEqual(found.length, 1, 'how often the contact is listed');
    const { dossier_count } = await retrieveContact(world, home, contact_id);
    expectEqual(dossier_count, 1, 'the dossier_count');
  },
  liar: linkTwice,
});
