import fc from 'fast-check';
import {
  changeAndViewContact,
  comparableContactValue,
  contactPlaces,
  type ContactViews,
  createAndViewContact,
  expectContactKept,
  retrySearch,
} from '../../assertions/contacts.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { exampleMembers } from '../../contract/fields.ts';
import { contactFields, contactKinds } from '../../contract/resources.ts';
import { findByName } from '../../faults/access.ts';
import { onData } from '../../faults/inject.ts';
import {
  createContact,
  createContacts,
  findListedContact,
  forFullContacts,
  retrieveContact,
  unusedEmail,
} from '../../fixtures/contacts.ts';
import { aContact, someContactChanges } from '../../generators/contacts.ts';

const retrieval = defineRule({
  id: 'contacts/retrieval',
  level: 'MUST',
  verifies: ['LG-CON-051'],
  sentence: 'Each id retrieves its own contact with its kinds, whoever has the same name.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const some = fc.array(aContact(contactKinds(world.contract)), { minLength: 1, maxLength: 3 });
    await world.property(
      [some],
      async (drafts) => {
        const namesakes = drafts.map((draft, index) => ({
          ...{ ...draft, company: `Company ${String(index)}` },
          full_name: drafts[0]?.full_name ?? draft.full_name,
        }));
        const more = namesakes.map((draft) => ({ ...draft, role: 'Namesake' }));
        const all = [...namesakes, ...more];
        const made = await createContacts(world, home, all);
        for (const [index, { id }] of made.entries()) {
          const { kind, ...contact } = await retrieveContact(world, home, id);
          expectEqual(contact.id, id, 'the id of the contact that was asked for');
          expectEqual([...kind].sort(), [...(all[index]?.kind ?? [])].sort(), 'its kinds');
          expectEqual(contact.company, all[index]?.company, 'its company');
        }
      },
      5,
    );
  },
  liar: findByName('createContact', 'getContact', 'full_name'),
});

const retrievedFields = defineRule({
  id: 'contacts/retrieved-fields',
  level: 'MUST',
  verifies: ['LG-CON-052'],
  sentence: 'Retrieving a contact shows what the example of it shows, where there is a value.',
  needs: [],
  check: async (world) => {
    const members = exampleMembers(world.contract, 'getContact');
    await forFullContacts(
      world,
      async (home, draft) => {
        const { id } = await createContact(world, home, draft);
        const retrieved = await retrieveContact(world, home, id);
        const sent = Object.entries(draft).filter(([name]) => members.includes(name));
        for (const [name, own] of sent) {
          const value = comparableContactValue(name, own);
          const shown = comparableContactValue(name, retrieved[name as keyof typeof draft]);
          expectEqual(shown, value, `${name} in the contact by its id`);
        }
        const { dossier_count } = retrieved;
        const counts = Number.isInteger(dossier_count) && dossier_count >= 0;
        expectThat(counts, 'a dossier_count', () => retrieved);
      },
      8,
    );
  },
  // A server that keeps addresses for the list.
  liar: onData(['getContact'], (contact) => {
    delete contact['email'];
  }),
});

const listedFields = defineRule({
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
    const email = await unusedEmail(world, home);
    const draft = { full_name: 'Zwartkruis', kind: [kind], email, company: 'Tulp', ...texts };
    const whole = { ...draft, phone: '+31612345678', linkedin_url: 'https://linkedin.com/in/noor' };
    const seen = await createAndViewContact(world, home, whole);
    const expectWhole = async (query: Record<string, string>) => {
      const listed = await findListedContact(world, home, seen.answered.id, query);
      expectContactKept({ ...seen, listed }, whole, ['listed']);
      expectThat(Boolean(listed.created_at), 'created_at in the list', () => listed);
    };
    await expectWhole({});
    await expectWhole({ kind });
    const namesake = await createAndViewContact(world, home, { ...whole, email: `b.${email}` });
    const search = 'Zwartkruis';
    // One of the two is on the second page.
    const pages = { search, per_page: '1' };
    await retrySearch(world, async () => {
      for (const query of [{ search }, { kind, search }, pages]) await expectWhole(query);
      const { id } = namesake.answered;
      const listed = await findListedContact(world, home, id, pages);
      expectContactKept({ ...namesake, listed }, { ...whole, email: `b.${email}` }, ['listed']);
    });
    await forFullContacts(
      world,
      async (home, draft) => {
        const full = await createAndViewContact(world, home, draft);
        expectContactKept(full, draft, ['listed']);
        const { full_name } = draft;
        const bare = await createAndViewContact(world, home, { full_name });
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

const wholeContact = defineRule({
  id: 'contacts/whole-contact',
  level: 'SHOULD',
  verifies: ['LG-CON-024'],
  sentence: 'Creating, changing, retrieving and listing show the same whole contact.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kinds = contactKinds(world.contract);
    const fields = contactFields(world.contract);
    const expectWhole = (seen: ContactViews) => {
      for (const place of contactPlaces) {
        const missing = fields.filter((field) => seen[place][field] === undefined);
        expectThat(missing.length === 0, `a whole contact (${place})`, () => missing);
        for (const field of fields) {
          expectEqual(seen[place][field], seen.answered[field], `${field} (${place})`);
        }
      }
    };
    await world.property(
      [aContact(kinds), someContactChanges(kinds)],
      async (draft, changes) => {
        const made = await createAndViewContact(world, home, draft);
        expectWhole(made);
        expectWhole(await changeAndViewContact(world, home, made.answered.id, changes));
      },
      8,
    );
  },
  // A server that answers a change with what has a value.
  liar: onData(['updateContact'], (contact) => {
    for (const [field, value] of Object.entries(contact)) {
      if (value === null) Reflect.deleteProperty(contact, field);
    }
  }),
});

export default [retrieval, retrievedFields, listedFields, wholeContact] satisfies readonly Rule[];
