import {
  contactPlaces,
  createAndViewContact,
  expectContactKept,
} from '../../assertions/contacts.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { alwaysShown, exampleMembers } from '../../contract/fields.ts';
import { contactKinds, type NewContact } from '../../contract/resources.ts';
import { onData, onJsonBody } from '../../faults/inject.ts';
import { acceptRefused, requireField } from '../../faults/refusals.ts';
import {
  createContact,
  retrieveContact,
  unusedEmail,
  updateContact,
} from '../../fixtures/contacts.ts';
import { aContact } from '../../generators/contacts.ts';
import { aText } from '../../generators/values.ts';

const creation = defineRule({
  id: 'contacts/creation',
  level: 'MUST',
  verifies: ['LG-CON-025', 'LG-CON-026', 'LG-CON-083'],
  sentence: 'Creating a contact returns the new contact, which can be retrieved by its id.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const expectCreated = async (draft: NewContact) => {
      context.about('LG-CON-025');
      const seen = await createAndViewContact(org, draft);
      const { returned, retrieved } = seen;
      for (const field of alwaysShown(context.contract, 'createContact')) {
        context.about(field === 'created_at' ? 'LG-CON-083' : 'LG-CON-026');
        const isReturned = (returned[field as keyof NewContact] ?? null) !== null;
        expectThat(isReturned, `${field} in the response to the creation`, () => returned);
      }
      context.about('LG-CON-025');
      expectEqual(retrieved.id, returned.id, 'the requested id');
      const members = exampleMembers(context.contract, 'createContact');
      const sent = Object.entries({ kind: [], ...draft }).filter(([name]) =>
        members.includes(name),
      );
      context.about('LG-CON-026');
      expectContactKept(seen, Object.fromEntries(sent), ['returned']);
      context.about('LG-CON-025');
      expectContactKept(seen, draft, []);
    };
    const full_name = 'Noor Bakker';
    // Each field alone, since its response must not depend on others.
    for (const more of [{ company: 'Tulp' }, { role: 'Planner' }, { city: 'Breda' }]) {
      await expectCreated({ full_name, ...more });
    }
    await expectCreated({ full_name, email: await unusedEmail(org) });
    await context.property([aContact(contactKinds(context.contract))], expectCreated);
  },
  // A server that returns only a few fields.
  fault: onData(['createContact'], (contact) => {
    delete contact['city'];
  }),
});

const nameAlone = defineRule({
  id: 'contacts/name-alone',
  level: 'MUST',
  verifies: ['LG-CON-028'],
  sentence: 'Creating a contact needs no field other than `full_name`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property([aText()], async (full_name) => {
      const { id } = await createContact(org, { full_name });
      const retrieved = await retrieveContact(org, id);
      expectEqual(retrieved.id, id, 'the requested id');
    });
  },
  // A server that requires an address.
  fault: requireField('createContact', 'email'),
});

const name = defineRule({
  id: 'contacts/name',
  level: 'MUST',
  verifies: ['LG-CON-027'],
  sentence: 'Creating a contact needs `full_name`, which is returned as it was sent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const linkedin_url = 'https://linkedin.com/in/noor-bakker';
    await context.property(
      [aText()],
      async (full_name) => {
        const email = await unusedEmail(org);
        const texts = { company: full_name, role: full_name, notes: full_name };
        // No other field replaces the name.
        for (const body of [{}, texts, { email }, { linkedin_url }]) {
          context.expect.refusal(await org.all.send('createContact', { body }), 400);
        }
        const seen = await createAndViewContact(org, { full_name });
        expectContactKept(seen, { full_name }, contactPlaces);
      },
      10,
    );
  },
  // A server that uses the company as the default name.
  fault: onJsonBody(['createContact'], (body) => ({ full_name: body['company'], ...body })),
});

const blankName = defineRule({
  id: 'contacts/blank-name',
  level: 'SHOULD',
  verifies: ['LG-CON-029'],
  sentence: 'A `full_name` of only white space is refused, in creations and updates.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createContact(org, { full_name: 'Noor Bakker' });
    for (const full_name of ['', ' ', '\t\n', '\u00A0\u2003']) {
      const body = { full_name };
      context.expect.refusal(await org.all.send('createContact', { body }), 400);
      context.expect.refusal(await org.all.send('updateContact', { path: { id }, body }), 400);
    }
    await createContact(org, { full_name: '.' });
    await updateContact(org, id, { full_name: '.' });
  },
  fault: acceptRefused(400),
});

export default [creation, nameAlone, name, blankName] satisfies readonly Rule[];
