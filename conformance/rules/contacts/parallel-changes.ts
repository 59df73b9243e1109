import { readModifyWrite } from '../../liars/careless-changes.ts';
import { defineRule } from '../../rule.ts';
import { allAtOnce } from '../../world/at-once.ts';
import { findListedContact } from '../../world/contact-list.ts';
import { changeContact, contactKinds, createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

export default defineRule({
  id: 'contacts/parallel-changes',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056'],
  sentence: 'Of changes of different fields at the same time or in turn, none undoes another.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kind = contactKinds(world.contract).slice(0, 1);
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker', kind });
    for (const mark of ['1', '2', '3']) {
      const texts = { company: `Company ${mark}`, role: `Role ${mark}`, city: `City ${mark}` };
      const changes = { full_name: `Noor ${mark}`, ...texts, notes: `Note ${mark}` };
      const sends = Object.entries(changes).map(
        ([field, value]) =>
          () =>
            home.all.send('updateContact', { path: { id }, body: { [field]: value } }),
      );
      await allAtOnce(world, sends);
      const listed = await findListedContact(world, home, id);
      const { full_name, company, role, city, notes } = listed;
      expectEqual({ full_name, company, role, city, notes }, changes, 'all that was changed,');
      expectEqual(listed.kind, kind, 'the kinds as before,');
    }
    const known: Record<string, unknown> = { ...(await findListedContact(world, home, id)) };
    for (const field of ['notes', 'company', 'role', 'city', 'full_name'] as const) {
      await changeContact(world, home, id, { [field]: `Changed ${field}` });
      const listed = await findListedContact(world, home, id);
      known[field] = `Changed ${field}`;
      for (const other of ['full_name', 'company', 'role', 'city', 'notes'] as const) {
        expectEqual(listed[other], known[other], `${other} after a change of ${field}`);
      }
    }
  },
  liar: readModifyWrite('updateContact', ['full_name', 'company', 'role', 'city', 'notes']),
});
