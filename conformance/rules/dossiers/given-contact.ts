import { aType } from '../../arbitraries/new-dossier.ts';
import { aText } from '../../arbitraries/text.ts';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { createContact, withUnusedEmail } from '../../world/contacts.ts';
import { createIn, waysToCreate } from '../../world/dossier-contacts.ts';
import { findLinked } from '../../world/links.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { isPermittedRefusal } from '../../world/permitted-refusals.ts';

export default defineRule({
  id: 'dossiers/given-contact',
  level: 'MUST',
  verifies: ['LG-DOS-052'],
  sentence: 'A dossier that is created for a contact is linked to that contact.',
  needs: [],
  check: (world) =>
    world.property(
      [aType(), aText(), aText()],
      async (type, name, full_name) => {
        const home = await world.organization();
        const { id: contact_id } = await createContact(world, home, { full_name });
        for (const way of waysToCreate) {
          const draft = { type, name: `${name} by ${way}`, contact_id };
          const { id } = await createIn(world, home, way, draft);
          await findLinked(world, home, id, contact_id);
        }
        // Whoever has the address of the dossier doesn't take the place of who is named.
        const other = { full_name, email: 'noor@example.com' };
        const { email } = await createContact(
          world,
          home,
          await withUnusedEmail(world, home, other),
        );
        const body = { type, name: `${name} with an address`, email, contact_id };
        const exchange = await home.all.send('createDossier', { body });
        // That there is such a conflict may be refused (LG-DOS-064).
        if (isPermittedRefusal(world, exchange, ['LG-DOS-064'])) return;
        world.expect.success(exchange);
        await findLinked(world, home, (dataOf(exchange.json) as Dossier).id, contact_id);
      },
      5,
    ),
  liar: overlook('createDossier', 'contact_id'),
});
