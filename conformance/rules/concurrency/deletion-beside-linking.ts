import { plainDossiers } from '../../arbitraries/plain-dossiers.ts';
import { onPage } from '../../liars/answers.ts';
import { onOverlap } from '../../liars/overlaps.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { atOnce } from '../../world/at-once.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { contactsOn } from '../../world/links.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';

/** Leaves the links in place that are made while their contact is deleted. */
const leaveOrphans: Liar = (fetch, name) => {
  const orphans = new Set<string>();
  const note = onOverlap(['linkDossierContact', 'deleteContact'], ({ sent }) => {
    if (typeof sent['contact_id'] === 'string') orphans.add(sent['contact_id']);
    return undefined;
  });
  const show = onPage(['listDossierContacts'], (page) => {
    for (const contact_id of orphans) {
      page.data.push({ contact_id, full_name: '', role_on_dossier: 'other', is_primary: false });
    }
  });
  return show(note(fetch, name), name);
};

export default defineRule({
  id: 'concurrency/deletion-beside-linking',
  level: 'MUST',
  verifies: ['LG-CON-074', 'LG-CON-076'],
  sentence: 'A contact that is deleted while it is being linked is gone, and on no dossier.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const dossiers = await home.createDossiers(plainDossiers(4));
    for (let round = 1; round <= 3; round += 1) {
      const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
      const links = dossiers.map(({ id }) => () => {
        const body = { contact_id, role_on_dossier: 'champion' };
        return home.all.send('linkDossierContact', { path: { id }, body });
      });
      const remove = () => home.all.send('deleteContact', { path: { id: contact_id } });
      const { lost } = await atOnce(world, [...links.slice(0, 2), remove, ...links.slice(2)]);
      for (const exchange of lost) {
        // Who comes too late finds nobody to link.
        if (exchange.operation === 'deleteContact') world.expect.success(exchange);
        else expectPermittedRefusal(world, exchange, ['LG-LNK-013', 409]);
      }
      world.expect.refusal(await home.all.send('getContact', { path: { id: contact_id } }), 404);
      for (const { id } of dossiers) {
        const ids = (await contactsOn(world, home, id)).map((one) => one.contact_id);
        expectEqual(ids.includes(contact_id), false, `whether the deleted one is on ${id}:`);
      }
    }
  },
  liar: leaveOrphans,
});
