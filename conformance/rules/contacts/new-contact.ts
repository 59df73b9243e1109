import {
  contactPlaces,
  createAndViewContact,
  expectContactKept,
} from '../../assertions/contacts.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { alwaysShown, exampleMembers } from '../../contract/fields.ts';
import { contactKinds, type NewContact } from '../../contract/resources.ts';
import { onData, onSent } from '../../faults/inject.ts';
import { acceptRefused, requireField } from '../../faults/refusals.ts';
import {
  changeContact,
  createContact,
  retrieveContact,
  unusedEmail,
} from '../../fixtures/contacts.ts';
import { aContact } from '../../generators/contacts.ts';
import { aText } from '../../generators/values.ts';

const creation = defineRule({
  id: 'contacts/creation',
  level: 'MUST',
  verifies: ['LG-CON-025', 'LG-CON-026', 'LG-CON-083'],
  sentence: 'Creation answers the new contact, which is the one that its id retrieves.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const expectCreated = async (draft: NewContact) => {
      const seen = await createAndViewContact(world, home, draft);
      const { answered, retrieved } = seen;
      for (const field of alwaysShown(world.contract, 'createContact')) {
        const told = (answered[field as keyof NewContact] ?? null) !== null;
        expectThat(told, `${field} in the answer to the creation`, () => answered);
      }
      expectEqual(retrieved.id, answered.id, 'the id of the contact that was asked for');
      const members = exampleMembers(world.contract, 'createContact');
      const sent = Object.entries({ kind: [], ...draft }).filter(([name]) =>
        members.includes(name),
      );
      expectContactKept(seen, Object.fromEntries(sent), ['answered']);
      expectContactKept(seen, draft, []);
    };
    const full_name = 'Noor Bakker';
    // Each by itself: what is answered of one must not hang on another.
    for (const more of [{ company: 'Tulp' }, { role: 'Planner' }, { city: 'Breda' }]) {
      await expectCreated({ full_name, ...more });
    }
    await expectCreated({ full_name, email: await unusedEmail(world, home) });
    await world.property([aContact(contactKinds(world.contract))], expectCreated);
  },
  // A server that answers what it takes for the gist.
  liar: onData(['createContact'], (contact) => {
    delete contact['city'];
  }),
});

const nameAlone = defineRule({
  id: 'contacts/name-alone',
  level: 'MUST',
  verifies: ['LG-CON-028'],
  sentence: 'A contact can be created with a name and nothing else.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText()], async (full_name) => {
      const { id } = await createContact(world, home, { full_name });
      const retrieved = await retrieveContact(world, home, id);
      expectEqual(retrieved.id, id, 'the id of the contact that was asked for');
    });
  },
  // A server that can't do without an address.
  liar: requireField('createContact', 'email'),
});

const name = defineRule({
  id: 'contacts/name',
  level: 'MUST',
  verifies: ['LG-CON-027'],
  sentence: 'A contact needs a name, and has the one that was sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const linkedin_url = 'https://linkedin.com/in/noor-bakker';
    await world.property(
      [aText()],
      async (full_name) => {
        const email = await unusedEmail(world, home);
        const texts = { company: full_name, role: full_name, notes: full_name };
        // Nothing else stands in for it.
        for (const body of [{}, texts, { email }, { linkedin_url }]) {
          world.expect.refusal(await home.all.send('createContact', { body }), 400);
        }
        const seen = await createAndViewContact(world, home, { full_name });
        expectContactKept(seen, { full_name }, contactPlaces);
      },
      10,
    );
  },
  // A server that names who has no name after the company.
  liar: onSent(['createContact'], (body) => ({ full_name: body['company'], ...body })),
});

const blankName = defineRule({
  id: 'contacts/blank-name',
  level: 'SHOULD',
  verifies: ['LG-CON-029'],
  sentence: 'A name of nothing but white space is refused, for new contacts and for others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    for (const full_name of ['', ' ', '\t\n', '\u00A0\u2003']) {
      const body = { full_name };
      world.expect.refusal(await home.all.send('createContact', { body }), 400);
      world.expect.refusal(await home.all.send('updateContact', { path: { id }, body }), 400);
    }
    await createContact(world, home, { full_name: '.' });
    await changeContact(world, home, id, { full_name: '.' });
  },
  liar: acceptRefused(400),
});

export default [creation, nameAlone, name, blankName] satisfies readonly Rule[];
