import fc from 'fast-check';
import { retryUntilStable } from '../../assertions/concurrency.ts';
import { expectContactKept, updateAndViewContact } from '../../assertions/contacts.ts';
import type { RuleContext } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { treatKeysAsFirst } from '../../faults/access.ts';
import {
  checkThenTakeAddress,
  compareCaseSensitively,
  neverReleaseAddresses,
  refuseButApplyField,
} from '../../faults/partial-writes.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import {
  contactsContaining,
  contactsIn,
  createContact,
  createContacts,
  deleteContact,
  retrieveContact,
  unusedEmail,
  unusedWord,
  updateContact,
} from '../../fixtures/contacts.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { contactsOfDossier } from '../../fixtures/links-and-notes.ts';
import { plainContacts } from '../../generators/contacts.ts';
import { anEmail } from '../../generators/values.ts';
import { errorCodeOf, type Exchange } from '../../http/exchange.ts';

/** The creation was refused as a duplicate, with the status of that code. */
const expectDuplicate = ({ about, expect }: RuleContext, exchange: Exchange): void => {
  const { status } = exchange.response;
  about('LG-ERR-012');
  const other = errorCodeOf(exchange.json) === 'duplicate_contact' && status !== 409;
  expectThat(!other, '409 for the code duplicate_contact', () => status);
  about('LG-CON-032');
  expect.refusal(exchange, 409);
};

const duplicateEmail = defineRule({
  id: 'contacts/duplicate-email',
  level: 'MUST',
  verifies: ['LG-CON-032', 'LG-ERR-012'],
  sentence:
    'Creating a contact with the `email` of another contact is refused, and no contact is created.',
  needs: [],
  check: (context) =>
    context.property(
      [anEmail(), anEmail().map((email) => `b.${email}`)],
      async (...drafted) => {
        const org = await context.organization();
        const word = await unusedWord(org);
        const addresses = drafted.map((one) => one.replace('@', `.${word}@`));
        const [email = '', another = ''] = addresses;
        const first = await createContact(org, { full_name: 'Noor Bakker', email });
        const second = await createContact(org, { full_name: `Iris ${word}` });
        // The address counts whether it was set by a creation or an update.
        await updateContact(org, second.id, { email: another });
        const before = [first.id, second.id].sort();
        for (const taken of [email, another]) {
          // Neither the same name nor another one.
          for (const body of [
            { full_name: `Noor Bakker ${word}` },
            { full_name: `Mark ${word}`, city: 'Breda' },
          ]) {
            const invalid = { ...body, email: taken };
            expectDuplicate(context, await org.all.send('createContact', { body: invalid }));
            const read = () => contactsContaining(org, word);
            await retryUntilStable(read, (found) => {
              expectEqual(found.map(({ id }) => id).sort(), before, 'the ids of all contacts');
            });
          }
        }
        await createContact(org, { full_name: 'Mark', email: `c.${email}` });
        // A contact created with a dossier may get the address or not (LG-DOS-057).
        const address = `d.${email}`;
        const { id } = await createDossier(org, { type: 'sales', name: 'Tulp', email: address });
        for (const { contact_id } of await contactsOfDossier(org, id)) {
          const own = (await retrieveContact(org, contact_id)).email?.toLowerCase();
          const body = { full_name: 'Mark', email: address };
          if (own !== address.toLowerCase()) continue;
          expectDuplicate(context, await org.all.send('createContact', { body }));
        }
      },
      5,
    ),
  fault: acceptRefused(409),
});

/** The text with at least one letter in the other case. */
const inOtherCase = (text: string, choices: readonly boolean[]): string => {
  const other = text.replaceAll(/./g, (letter, index: number) =>
    choices[index % choices.length] ? letter.toUpperCase() : letter,
  );
  return other === text ? text.toUpperCase() : other;
};

const duplicateInOtherCase = defineRule({
  id: 'contacts/duplicate-in-other-case',
  level: 'MUST',
  verifies: ['LG-CON-032', 'LG-CON-033'],
  sentence: 'An address in another letter case is the same address when duplicates are checked.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const someChoices = fc.array(fc.boolean(), { minLength: 1, maxLength: 7 });
    await context.property(
      [someChoices],
      async (choices) => {
        const small = await unusedEmail(org);
        const [first, second] = [small, inOtherCase(small, choices)];
        for (const [taken, invalid] of [
          [first, second],
          [`b.${second}`, `B.${first}`],
          // Some languages have another capital for this letter.
          [`iris.${second}`, `IRIS.${first}`],
        ]) {
          await createContact(org, { full_name: 'Noor Bakker', email: taken ?? '' });
          const body = { full_name: 'Iris', email: invalid };
          context.expect.refusal(await org.all.send('createContact', { body }), 409);
        }
        await createContact(org, { full_name: 'Iris', email: `c.${second}` });
      },
      8,
    );
  },
  fault: compareCaseSensitively,
});

const changedToDuplicate = defineRule({
  id: 'contacts/changed-to-duplicate',
  level: 'MUST',
  verifies: ['LG-CON-060'],
  sentence:
    'An update of `email` to the address of another contact is refused and changes nothing.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const taken = await unusedEmail(org);
    const given = `given.${taken}`;
    await createContact(org, { full_name: 'Iris', email: taken });
    const { id: other } = await createContact(org, { full_name: 'Mark' });
    await updateContact(org, other, { email: given });
    const { id: bare } = await createContact(org, { full_name: 'Noor Bakker' });
    const own = { full_name: 'Noor Bakker', email: `own.${taken}`, city: 'Breda' };
    const { id: addressed } = await createContact(org, own);
    const late = `late.${taken}`;
    await createContact(org, { full_name: 'Bram', email: late });
    for (const id of [bare, addressed]) {
      const read = async () => (await retrieveContact(org, id))['email'] ?? null;
      const before = await read();
      for (const email of [
        taken,
        taken.toUpperCase(),
        given,
        late,
        given.replace('noor', 'Noor'),
      ]) {
        for (const more of [{}, { full_name: 'Sanne', city: 'Delft' }]) {
          const change = { path: { id }, body: { ...more, email } };
          context.expect.refusal(await org.all.send('updateContact', change), 409);
          expectEqual(await read(), before, 'the address as before,');
        }
      }
      await updateContact(org, id, { email: await unusedEmail(org) });
    }
  },
  // A server that checks for duplicates only after it has stored the address.
  fault: refuseButApplyField('email', 409),
});

const ownAddress = defineRule({
  id: 'contacts/own-address',
  level: 'MUST',
  verifies: ['LG-CON-061'],
  sentence: 'Updating a contact to its own `email`, in any letter case, is no duplicate.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const email = await unusedEmail(org);
    const { id } = await createContact(org, { full_name: 'Noor Bakker', email });
    for (const again of [email, email.toUpperCase(), email.replace('noor', 'Noor'), email]) {
      for (const more of [{}, { full_name: 'Noor', city: 'Delft' }]) {
        const changes = { ...more, email: again };
        const seen = await updateAndViewContact(org, id, changes);
        expectContactKept(seen, changes, ['retrieved', 'listed']);
      }
    }
  },
  fault: neverReleaseAddresses,
});

const givenUpAddress = defineRule({
  id: 'contacts/given-up-address',
  level: 'MUST',
  verifies: ['LG-CON-062'],
  sentence: "After a contact's address is replaced, another contact can have the old address.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const email = await unusedEmail(org);
    const full_name = 'Noor Bakker';
    const first = await createContact(org, { full_name, email });
    await updateContact(org, first.id, { email: `b.${email}` });
    const second = await createContact(org, { full_name, email: email.toUpperCase() });
    await updateContact(org, second.id, { email: `c.${email}` });
    // In a circle, back to the first contact.
    for (const { id } of [first, second, first]) {
      const seen = await updateAndViewContact(org, id, { email });
      expectContactKept(seen, { email }, ['retrieved', 'listed']);
      await updateContact(org, id, { email: await unusedEmail(org) });
    }
  },
  fault: neverReleaseAddresses,
});

const addressOfDeleted = defineRule({
  id: 'contacts/address-of-deleted',
  level: 'MUST',
  verifies: ['LG-CON-078'],
  sentence: 'The address of a deleted contact can be used for another contact.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const email = await unusedEmail(org);
    const draft = { full_name: 'Noor Bakker', email };
    for (const next of [email, email.toUpperCase(), email]) {
      const { id } = await createContact(org, { ...draft, email: next });
      context.expect.refusal(await org.all.send('createContact', { body: draft }), 409);
      await deleteContact(org, id);
    }
    const { id } = await createContact(org, { full_name: 'Iris' });
    const seen = await updateAndViewContact(org, id, { email });
    expectContactKept(seen, { email }, ['retrieved', 'listed']);
  },
  fault: neverReleaseAddresses,
});

const addressesOfOrganizations = defineRule({
  id: 'contacts/addresses-of-organizations',
  level: 'MUST',
  verifies: ['LG-CON-035'],
  sentence: 'Two organisations can each have a contact with the same address.',
  needs: ['second-organization'],
  check: async (context) => {
    const ours = await context.organization();
    const theirs = await context.organization({ second: true });
    for (const [first, second] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      const email = await unusedEmail(first);
      const draft = { full_name: 'Noor Bakker', email };
      const one = await createContact(first, draft);
      const other = await createContact(second, draft);
      expectThat(one.id !== other.id, 'a contact of its own', () => other);
      for (const [org, { id }] of [[first, one] as const, [second, other] as const]) {
        const retrieved = await retrieveContact(org, id);
        expectEqual(retrieved.email?.toLowerCase(), email, 'the address');
      }
      const { id } = await createContact(second, { full_name: 'Iris' });
      await updateContact(first, one.id, { email: `b.${email}` });
      await updateContact(second, id, { email: `b.${email}` });
      // In the same organisation it is a duplicate.
      context.expect.refusal(await second.all.send('createContact', { body: draft }), 409);
    }
  },
  // A server with one list of addresses for all organisations.
  fault: treatKeysAsFirst(),
});

const simultaneousAddresses = defineRule({
  id: 'contacts/simultaneous-addresses',
  level: 'MUST',
  verifies: ['LG-CON-034'],
  sentence:
    'Of several simultaneous requests that give one address to different contacts, at most one succeeds.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const others = await createContacts(org, plainContacts(3));
    const addresses: string[] = [];
    for (let round = 1; round <= 5; round += 1) {
      const email = await unusedEmail(org);
      addresses.push(email);
      const create = (address: string) =>
        org.all.send('createContact', { body: { full_name: 'Noor Bakker', email: address } });
      const exchanges: Exchange[] = await Promise.all([
        ...[email, email.toUpperCase(), email].map(create),
        ...others.map(({ id }) => org.all.send('updateContact', { path: { id }, body: { email } })),
      ]);
      const winners = exchanges.filter(
        ({ operation, response: { status } }) =>
          operation && context.acceptances.of(operation, status)?.success,
      );
      expectThat(winners.length <= 1, 'at most one success', () => winners.map(({ json }) => json));
      // Without simultaneous requests, one contact gets the address.
      await createContact(org, { full_name: 'Iris', email: `b.${email}` });
    }
    const all = await contactsIn(org);
    for (const email of addresses) {
      const holders = all.filter((contact) => contact.email?.toLowerCase() === email);
      expectThat(holders.length <= 1, 'at most one contact with the address', () => holders);
    }
  },
  fault: checkThenTakeAddress,
});

export default [
  duplicateEmail,
  duplicateInOtherCase,
  changedToDuplicate,
  ownAddress,
  givenUpAddress,
  addressOfDeleted,
  addressesOfOrganizations,
  simultaneousAddresses,
] satisfies readonly Rule[];
