import fc from 'fast-check';
import { aType } from '../../arbitraries/new-dossier.ts';
import { plainContacts } from '../../arbitraries/plain-contacts.ts';
import { onLinked } from '../../liars/links.ts';
import { defineRule } from '../../rule.ts';
import { createContacts } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, contactsOn, link } from '../../world/links.ts';

export default defineRule({
  id: 'links/primary',
  level: 'MUST',
  verifies: ['LG-LNK-019', 'LG-LNK-020'],
  sentence: 'Who is linked as primary takes the place of the one before, who stays on the dossier.',
  needs: [],
  check: (world) =>
    world.property(
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
    ),
  // A server that doesn't end the place of the one before.
  liar: onLinked((item, links, dossier) => {
    item['is_primary'] ||= links.some(
      ({ dossier_id, contact_id, is_primary }) =>
        dossier_id === dossier && contact_id === item['contact_id'] && is_primary === true,
    );
  }),
});
