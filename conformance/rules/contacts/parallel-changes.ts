import { readModifyWrite } from '../../liars/careless-changes.ts';
import { defineRule } from '../../rule.ts';
import { findListedContact } from '../../world/contact-list.ts';
import { createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/parallel-changes',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056'],
  sentence: 'Of changes of different fields at the same time, none undoes another.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    for (const mark of ['1', '2', '3']) {
      const texts = { company: `Company ${mark}`, role: `Role ${mark}`, city: `City ${mark}` };
      const changes = { full_name: `Noor ${mark}`, ...texts, notes: `Note ${mark}` };
      const sent = Object.entries(changes).map(([field, value]) =>
        home.all.send('updateContact', { path: { id }, body: { [field]: value } }),
      );
      for (const exchange of await Promise.all(sent)) world.expect.success(exchange);
      const { full_name, company, role, city, notes } = await findListedContact(world, home, id);
      expectEqual({ full_name, company, role, city, notes }, changes, 'all that was changed,');
    }
  },
  liar: readModifyWrite('updateContact', ['full_name', 'company', 'role', 'city', 'notes']),
});
