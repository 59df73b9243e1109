import { neverLookAgain } from '../../liars/memory.ts';
import { defineRule } from '../../rule.ts';
import { expectContactNotListed, findListedContact } from '../../world/contact-list.ts';
import {
  anUnusedEmail,
  changeContact,
  contactKinds,
  createContact,
  deleteContact,
} from '../../world/contacts.ts';
import { expectFoundBySearch } from '../../world/contact-search.ts';
import { eventually } from '../../world/eventually.ts';

export default defineRule({
  id: 'contacts/deletion',
  level: 'MUST',
  verifies: ['LG-CON-074'],
  sentence: 'A deleted contact is gone for good, from every list too, and no other with it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kind = [...contactKinds(world.contract)];
    const email = await anUnusedEmail(world, home);
    const draft = { full_name: 'Zwartkruis', kind, company: 'Tulp Logistics' };
    const { id } = await createContact(world, home, { ...draft, email });
    const twin = await createContact(world, home, draft);
    const path = { id };
    const body = { full_name: 'Zwartkruis' };
    const operations = ['getContact', 'updateContact', 'deleteContact'] as const;
    await findListedContact(world, home, id);
    await expectFoundBySearch(world, home, id, 'Zwartkruis');
    world.expect.success(await home.all.send('getContact', { path }));
    await deleteContact(world, home, id);
    for (const operation of [...operations, ...operations]) {
      const request = operation === 'updateContact' ? { path, body } : { path };
      world.expect.refusal(await home.all.send(operation, request), 404);
    }
    for (const query of [{}, { kind }, { kind: kind.slice(0, 1) }, { search: 'Zwartkruis' }]) {
      await eventually(world, () => expectContactNotListed(world, home, id, query));
      await eventually(world, async () => {
        await findListedContact(world, home, twin.id, query);
      });
    }
    await changeContact(world, home, twin.id, body);
    await deleteContact(world, home, twin.id);
  },
  // A server that keeps what it once read.
  liar: neverLookAgain(),
});
