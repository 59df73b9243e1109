import { onData } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { createAndSeeContact, expectContactKept } from '../../world/contact-sightings.ts';
import { anUnusedEmail, contactKinds } from '../../world/contacts.ts';
import { findListedContact } from '../../world/contact-list.ts';
import { eventually } from '../../world/eventually.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { forFullContacts } from '../../world/full-contacts.ts';

export default defineRule({
  id: 'contacts/listed-fields',
  level: 'MUST',
  verifies: ['LG-CON-022', 'LG-CON-082'],
  sentence: 'The list shows every field of a contact, where there is a value.',
  needs: [],
  check: async (world) => {
    // Whatever it is filtered by.
    const home = await world.organization();
    const [kind = 'candidate'] = contactKinds(world.contract);
    const texts = { role: 'Planner', city: 'Breda', notes: 'Met at the fair.' };
    const email = await anUnusedEmail(world, home);
    const draft = { full_name: 'Zwartkruis', kind: [kind], email, company: 'Tulp', ...texts };
    const whole = { ...draft, phone: '+31612345678', linkedin_url: 'https://linkedin.com/in/noor' };
    const seen = await createAndSeeContact(world, home, whole);
    const expectWhole = async (query: Record<string, string>) => {
      const listed = await findListedContact(world, home, seen.answered.id, query);
      expectContactKept({ ...seen, listed }, whole, ['listed']);
      expectThat(Boolean(listed.created_at), 'created_at in the list', () => listed);
    };
    await expectWhole({});
    await expectWhole({ kind });
    const namesake = await createAndSeeContact(world, home, { ...whole, email: `b.${email}` });
    const search = 'Zwartkruis';
    // One of the two is on the second page.
    const pages = { search, per_page: '1' };
    await eventually(world, async () => {
      for (const query of [{ search }, { kind, search }, pages]) await expectWhole(query);
      const { id } = namesake.answered;
      const listed = await findListedContact(world, home, id, pages);
      expectContactKept({ ...namesake, listed }, { ...whole, email: `b.${email}` }, ['listed']);
    });
    await forFullContacts(
      world,
      async (home, draft) => {
        const full = await createAndSeeContact(world, home, draft);
        expectContactKept(full, draft, ['listed']);
        const { full_name } = draft;
        const bare = await createAndSeeContact(world, home, { full_name });
        expectContactKept(bare, { full_name, kind: [] }, ['listed']);
        for (const { answered, listed } of [full, bare]) {
          expectEqual(listed.id, answered.id, 'the id of the contact in the list');
          const counts = Number.isInteger(listed.dossier_count) && listed.dossier_count >= 0;
          expectThat(counts, 'a dossier_count in the list', () => listed);
        }
      },
      8,
    );
  },
  // A list of those columns that are narrow.
  liar: onData(['listContacts'], (contact) => {
    delete contact['notes'];
  }),
});
