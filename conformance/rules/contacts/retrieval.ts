import fc from 'fast-check';
import {
  comparableContactValue,
  contactPlaces,
  type ContactViews,
  createAndViewContact,
  expectContactKept,
  retrySearch,
  updateAndViewContact,
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
import { aContact, someContactUpdates } from '../../generators/contacts.ts';

const retrieval = defineRule({
  id: 'contacts/retrieval',
  level: 'MUST',
  verifies: ['LG-CON-051'],
  sentence:
    'Retrieving a contact by its id returns that contact with its kinds, even if others have the same name.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const some = fc.array(aContact(contactKinds(context.contract)), { minLength: 1, maxLength: 3 });
    await context.property(
      [some],
      async (drafts) => {
        const namesakes = drafts.map((draft, index) => ({
          ...{ ...draft, company: `Company ${String(index)}` },
          full_name: drafts[0]?.full_name ?? draft.full_name,
        }));
        const more = namesakes.map((draft) => ({ ...draft, role: 'Namesake' }));
        const all = [...namesakes, ...more];
        const made = await createContacts(org, all);
        for (const [index, { id }] of made.entries()) {
          const { kind, ...contact } = await retrieveContact(org, id);
          expectEqual(contact.id, id, 'the requested id');
          expectEqual([...kind].sort(), [...(all[index]?.kind ?? [])].sort(), 'its kinds');
          expectEqual(contact.company, all[index]?.company, 'its company');
        }
      },
      5,
    );
  },
  fault: findByName('createContact', 'getContact', 'full_name'),
});

const retrievedFields = defineRule({
  id: 'contacts/retrieved-fields',
  level: 'MUST',
  verifies: ['LG-CON-052'],
  sentence: 'Retrieving a contact returns the fields of the example that have a value.',
  needs: [],
  check: async (context) => {
    const members = exampleMembers(context.contract, 'getContact');
    await forFullContacts(
      context,
      async (org, draft) => {
        const { id } = await createContact(org, draft);
        const retrieved = await retrieveContact(org, id);
        const sent = Object.entries(draft).filter(([name]) => members.includes(name));
        for (const [name, own] of sent) {
          const value = comparableContactValue(name, own);
          const shown = comparableContactValue(name, retrieved[name as keyof typeof draft]);
          expectEqual(shown, value, `${name} in the retrieved contact`);
        }
        const { dossier_count } = retrieved;
        const counts = Number.isInteger(dossier_count) && dossier_count >= 0;
        expectThat(counts, 'a dossier_count', () => retrieved);
      },
      8,
    );
  },
  // A server that shows addresses only in the list.
  fault: onData(['getContact'], (contact) => {
    delete contact['email'];
  }),
});

const listedFields = defineRule({
  id: 'contacts/listed-fields',
  level: 'MUST',
  verifies: ['LG-CON-022', 'LG-CON-082'],
  sentence: 'Listing contacts returns every field that has a value.',
  needs: [],
  check: async (context) => {
    // Whatever the filter.
    const org = await context.organization();
    const [kind = 'candidate'] = contactKinds(context.contract);
    const texts = { role: 'Planner', city: 'Breda', notes: 'Met at the fair.' };
    const email = await unusedEmail(org);
    const draft = { full_name: 'Zwartkruis', kind: [kind], email, company: 'Tulp', ...texts };
    const whole = { ...draft, phone: '+31612345678', linkedin_url: 'https://linkedin.com/in/noor' };
    const seen = await createAndViewContact(org, whole);
    const expectWhole = async (query: Record<string, string>) => {
      context.about('LG-CON-022');
      const listed = await findListedContact(org, seen.returned.id, query);
      expectContactKept({ ...seen, listed }, whole, ['listed']);
      context.about('LG-CON-082');
      expectThat(Boolean(listed.created_at), 'created_at in the list', () => listed);
    };
    await expectWhole({});
    await expectWhole({ kind });
    const namesake = await createAndViewContact(org, { ...whole, email: `b.${email}` });
    const search = 'Zwartkruis';
    // One of the two is on the second page.
    const pages = { search, per_page: '1' };
    await retrySearch(context, async () => {
      for (const query of [{ search }, { kind, search }, pages]) await expectWhole(query);
      const { id } = namesake.returned;
      context.about('LG-CON-022');
      const listed = await findListedContact(org, id, pages);
      expectContactKept({ ...namesake, listed }, { ...whole, email: `b.${email}` }, ['listed']);
    });
    await forFullContacts(
      context,
      async (org, draft) => {
        context.about('LG-CON-022');
        const full = await createAndViewContact(org, draft);
        expectContactKept(full, draft, ['listed']);
        const { full_name } = draft;
        const bare = await createAndViewContact(org, { full_name });
        expectContactKept(bare, { full_name, kind: [] }, ['listed']);
        for (const { returned, listed } of [full, bare]) {
          expectEqual(listed.id, returned.id, 'the id of the contact in the list');
          const counts = Number.isInteger(listed.dossier_count) && listed.dossier_count >= 0;
          expectThat(counts, 'a dossier_count in the list', () => listed);
        }
      },
      8,
    );
  },
  // A server whose list leaves out long fields.
  fault: onData(['listContacts'], (contact) => {
    delete contact['notes'];
  }),
});

const wholeContact = defineRule({
  id: 'contacts/whole-contact',
  level: 'SHOULD',
  verifies: ['LG-CON-024'],
  sentence: 'Creating, updating, retrieving and listing return the same whole contact.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const kinds = contactKinds(context.contract);
    const fields = contactFields(context.contract);
    const expectWhole = (seen: ContactViews) => {
      for (const place of contactPlaces) {
        const missing = fields.filter((field) => seen[place][field] === undefined);
        expectThat(missing.length === 0, `a whole contact (${place})`, () => missing);
        for (const field of fields) {
          expectEqual(seen[place][field], seen.returned[field], `${field} (${place})`);
        }
      }
    };
    await context.property(
      [aContact(kinds), someContactUpdates(kinds)],
      async (draft, changes) => {
        const made = await createAndViewContact(org, draft);
        expectWhole(made);
        expectWhole(await updateAndViewContact(org, made.returned.id, changes));
      },
      8,
    );
  },
  // A server whose response to an update leaves out fields without a value.
  fault: onData(['updateContact'], (contact) => {
    for (const [field, value] of Object.entries(contact)) {
      if (value === null) Reflect.deleteProperty(contact, field);
    }
  }),
});

export default [retrieval, retrievedFields, listedFields, wholeContact] satisfies readonly Rule[];
