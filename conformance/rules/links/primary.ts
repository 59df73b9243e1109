import fc from 'fast-check';
import { aType } from '../../arbitraries/new-dossier.ts';
import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onLinked } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContact, createContacts, deleteContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import {
  asPrimary,
  contactsOn,
  link,
  primariesOn,
  rolesOnDossier,
  unlink,
} from '../../world/links.ts';

export default defineRule({
  id: 'links/primary',
  level: 'MUST',
  verifies: ['LG-LNK-019', 'LG-LNK-020'],
  sentence: 'Who is linked as primary takes the place of the one before, who stays on the dossier.',
  needs: [],
  check: async (world) => {
    await world.property(
      [aType(), fc.integer({ min: 1, max: 4 })],
      async (type, count) => {
        const home = await world.organization();
        const { id } = await home.createDossier({ type, name: 'Tulp Logistics' });
        const linked = (await contactsOn(world, home, id)).map((one) => one.contact_id);
        for (const one of await createContacts(world, home, plainContacts(count))) {
          const contact_id = one.id;
          const { is_primary } = await link(world, home, id, { contact_id, ...asPrimary });
          expectEqual(is_primary, true, 'is_primary in the answer');
          linked.push(contact_id);
          const listed = await contactsOn(world, home, id);
          const primaries = listed.filter((other) => other.is_primary);
          const ids = primaries.map((other) => other.contact_id);
          expectEqual(ids, [contact_id], 'as the primary contact');
          const all = listed.map((other) => other.contact_id).sort();
          expectEqual(all, [...linked].sort(), 'the contacts on the dossier');
        }
      },
      6,
    );
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With a primary of any role' });
    for (const role_on_dossier of rolesOnDossier(world.contract)) {
      const { id: contact_id } = await createContact(world, home, { full_name: 'Noor Bakker' });
      const body = { contact_id, role_on_dossier, is_primary: true };
      const exchange = await home.all.send('linkDossierContact', { path: { id }, body });
      // The place may be for the role `primary` alone; who is let in has it (LG-LNK-018).
      if (exchange.response.status >= 400) world.expect.refusal(exchange, 400);
      else expectEqual(await primariesOn(world, home, id), [contact_id], 'as the primary contact');
    }
    // Others come and go.
    const { id: primary } = await createContact(world, home, { full_name: 'Iris Smit' });
    await link(world, home, id, { contact_id: primary, ...asPrimary });
    const [first, second] = (await contactsOn(world, home, id))
      .map((one) => one.contact_id)
      .filter((one) => one !== primary);
    if (first !== undefined) await unlink(world, home, id, first);
    expectEqual(await primariesOn(world, home, id), [primary], 'as the primary contact still');
    if (second !== undefined) await deleteContact(world, home, second);
    expectEqual(await primariesOn(world, home, id), [primary], 'as the primary contact still');
  },
  // A server that doesn't end the place of the one before.
  liar: onLinked((item, links, dossier) => {
    item['is_primary'] ||= links.some(
      ({ dossier_id, contact_id, is_primary }) =>
        dossier_id === dossier && contact_id === item['contact_id'] && is_primary === true,
    );
  }),
});
