import { repeat, sendConcurrently } from '../../assertions/concurrency.ts';
import { unknownIdLike } from '../../assertions/foreign-ids.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onOverlap } from '../../faults/concurrency.ts';
import { type Fault, onPage } from '../../faults/inject.ts';
import { contactsIn, retrieveContact, unusedEmail } from '../../fixtures/contacts.ts';
import { contactsOfDossier } from '../../fixtures/links-and-notes.ts';

const oneGetsTheAddress = defineRule({
  id: 'concurrency/one-gets-the-address',
  level: 'SHOULD',
  verifies: ['LG-CON-081'],
  sentence: 'Of several simultaneous requests for one free address, one succeeds.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (let round = 1; round <= 3; round += 1) {
      const email = await unusedEmail(org);
      const create = (index: number) => () =>
        org.all.send('createContact', { body: { full_name: `Noor ${String(index)}`, email } });
      const { won } = await sendConcurrently(context, repeat(5, create));
      expectEqual(won.length, 1, 'the number of contacts that got the address');
    }
  },
  // A server that refuses all of several simultaneous requests for an address.
  fault: onOverlap(['createContact'], (_, { headers }) => {
    const error = { code: 'duplicate_contact', message: 'A contact has this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers });
  }),
});

const refusedAsDuplicates = defineRule({
  id: 'concurrency/refused-as-duplicates',
  level: 'MUST',
  verifies: ['LG-CON-032', 'LG-CON-033', 'LG-CON-034'],
  sentence:
    'Of several simultaneous creations of contacts with one address, all but one are refused as duplicates.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (let round = 1; round <= 3; round += 1) {
      const email = await unusedEmail(org);
      const variants = [email, email.toUpperCase(), email.replace('noor', 'Noor')];
      const create = (index: number) => () => {
        const address = variants[index % variants.length];
        const body = { full_name: `Noor ${String(index)}`, email: address };
        return org.all.send('createContact', { body });
      };
      // The addresses differ in letter case.
      context.about('LG-CON-033', 'LG-CON-034');
      const { won, lost } = await sendConcurrently(context, repeat(6, create));
      expectThat(won.length <= 1, 'at most one success', () => won.map(({ json }) => json));
      context.about('LG-CON-032', 'LG-CON-033');
      for (const exchange of lost) context.expect.refusal(exchange, 409);
    }
  },
  // A server that leaves duplicates to its database, and fails on the violation.
  fault: onOverlap(['createContact'], (_, { status, headers }) => {
    const body = JSON.stringify({ error: { code: 'internal', message: 'Unique violation.' } });
    return status === 409 ? new Response(body, { status: 500, headers }) : undefined;
  }),
});

/** A server that checks an address before it creates the contact, without a lock. */
const contactForEach: Fault = (fetch, name) => {
  const raced = new Set<string>();
  const note = onOverlap(['createDossier'], ({ sent }) => {
    raced.add(String(sent['email']).toLowerCase());
    return undefined;
  });
  const show = onPage(['listContacts'], (page) => {
    const holder = page.data.find(({ email }) => raced.has(String(email).toLowerCase()));
    if (!holder) return;
    page.data.push({ ...holder, id: unknownIdLike(String(holder['id'])) });
    page.meta['total'] = Number(page.meta['total']) + 1;
  });
  return show(note(fetch, name), name);
};

const dossiersWithOneAddress = defineRule({
  id: 'concurrency/dossiers-with-one-address',
  level: 'MUST',
  verifies: ['LG-CON-034'],
  sentence:
    'Simultaneous dossiers and contacts with one address leave at most one contact with it.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    for (let round = 1; round <= 3; round += 1) {
      const email = await unusedEmail(org);
      const create = (index: number) => () => {
        const type = index % 2 === 0 ? 'candidate' : 'sales';
        const name = `Noor ${String(round)}.${String(index)}`;
        return org.all.send('createDossier', { body: { type, name, email } });
      };
      const createAlone = (index: number) => () =>
        org.all.send('createContact', { body: { full_name: `Iris ${String(index)}`, email } });
      const sends = [...repeat(4, create), ...repeat(2, createAlone)];
      // Later requests may be refused as duplicates (LG-DOS-064).
      const { won, lost } = await sendConcurrently(context, sends);
      for (const exchange of lost) expectEqual(exchange.response.status, 409, 'the status');
      for (const { json, operation } of won) {
        if (operation !== 'createDossier') continue;
        const { id } = dataOf(json) as { id: string };
        const shown = await contactsOfDossier(org, id);
        expectEqual(shown.length, 1, `the number of contacts on the new dossier ${id}`);
        await retrieveContact(org, shown[0]?.contact_id ?? '');
      }
      const all = await contactsIn(org);
      const holders = all.filter((contact) => contact.email?.toLowerCase() === email);
      expectThat(holders.length <= 1, 'at most one contact with the address', () => holders);
    }
  },
  fault: contactForEach,
});

export default [
  oneGetsTheAddress,
  refusedAsDuplicates,
  dossiersWithOneAddress,
] satisfies readonly Rule[];
