import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { changeAndSeeContact, contactPlaces } from '../../world/contact-sightings.ts';
import { anUnusedEmail, createContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

const texts = {
  ...{ phone: '+31 6 12345678', linkedin_url: 'https://linkedin.com/in/noor' },
  ...{ company: 'Tulp Logistics', role: 'Planner', city: 'Breda', notes: 'Met at the fair.' },
};

export default defineRule({
  id: 'contacts/null-takes-away',
  level: 'SHOULD',
  verifies: ['LG-CON-070'],
  sentence: 'Null takes away the value of a field, and of no other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const email = await anUnusedEmail(world, home);
    const full = { ...texts, email };
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker', ...full });
    const left: Record<string, unknown> = { ...full };
    for (const field of Object.keys(full)) {
      left[field] = null;
      const seen = await changeAndSeeContact(world, home, id, { [field]: null });
      for (const place of contactPlaces) {
        const shown = { ...seen[place] } as Record<string, unknown>;
        for (const [name, value] of Object.entries(left)) {
          expectEqual(shown[name] ?? null, value, `${name} after a change of ${field} to null`);
        }
      }
    }
    // Who has none holds none.
    await createContact(world, home, { full_name: 'Iris', email });
  },
  // A server to which null is nothing that was sent.
  liar: onSent(['updateContact'], (body) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
  ),
});
