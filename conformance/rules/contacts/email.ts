import fc from 'fast-check';
import {
  contactPlaces,
  createAndViewContact,
  expectContactKept,
  updateAndViewContact,
  viewContact,
} from '../../assertions/contacts.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Contact } from '../../contract/resources.ts';
import { type Fault, onFields, onJsonBody } from '../../faults/inject.ts';
import {
  createContact,
  retrieveContact,
  unusedEmail,
  updateContact,
} from '../../fixtures/contacts.ts';
import { aText } from '../../generators/values.ts';

const beginnings = ['', 'iris+leads.', 'TULP_', 'obrien-2.', 'Noor.Bakker+'];

/** Valid, but not by every implementation (LG-CON-037). */
const unusual = ["o'brien.", 'tulp&co/', 'a{b}=c!'];

const email = defineRule({
  id: 'contacts/email',
  level: 'MUST',
  verifies: ['LG-CON-030'],
  sentence: 'A contact can be created with `email`, and responses return it.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const beginning of beginnings) {
      const email = `${beginning}${await unusedEmail(org)}`;
      const seen = await createAndViewContact(org, { full_name: 'Noor Bakker', email });
      expectContactKept(seen, { email }, contactPlaces);
    }
    for (const beginning of unusual) {
      const email = `${beginning}${await unusedEmail(org)}`;
      const body = { full_name: 'Noor Bakker', email };
      const made = await org.all.send('createContact', { body });
      if (made.response.status >= 400) expectPermittedRefusal(context, made, ['LG-CON-037']);
      else {
        context.expect.success(made);
        const seen = await viewContact(org, dataOf(made.json) as Contact);
        expectContactKept(seen, { email }, contactPlaces);
      }
    }
  },
  // A server that drops the part before a plus.
  fault: onJsonBody(['createContact'], (body) => ({
    ...body,
    email: typeof body['email'] === 'string' ? body['email'].replace('+', '') : undefined,
  })),
});

/** A server that treats a missing address as an empty one, which must be unique. */
const oneWithout: Fault = (fetch, name) => {
  let without = 0;
  return async (request) => {
    if (name(request.method, request.url) !== 'createContact') return fetch(request);
    const lacks = !(await request.clone().text()).includes('"email"');
    without += lacks ? 1 : 0;
    const response = await fetch(request);
    if (!lacks || without === 1) return response;
    const error = { code: 'duplicate_contact', message: 'A contact has this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers: response.headers });
  };
};

const withoutEmail = defineRule({
  id: 'contacts/without-email',
  level: 'MUST',
  verifies: ['LG-CON-036'],
  sentence: 'Any number of contacts can have no address.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const names = fc.uniqueArray(aText(), { minLength: 2, maxLength: 5 });
    await context.property(
      [names],
      async (some) => {
        const ids: string[] = [];
        for (const full_name of some) {
          ids.push((await createContact(org, { full_name })).id);
        }
        expectEqual(new Set(ids).size, some.length, 'the number of contacts');
        for (const id of ids) {
          const { email } = await retrieveContact(org, id);
          expectEqual(email || null, null, 'the address of a contact without one');
        }
      },
      3,
    );
  },
  fault: oneWithout,
});

/** Similar but different addresses; the ones that match as patterns come last. */
const variations = [
  ...['noorxb', 'noor_b', 'noor.b', 'noorb', 'noor-b', 'noor+b', 'noor+c', 'noor', 'noor__'],
  ...['xnoorxb', 'noorxbx'],
];

/** A server that compares addresses with LIKE, so that an underscore matches any letter. */
const takeForPattern: Fault = (fetch) => {
  const taken: string[] = [];
  return async (request) => {
    const text = request.body === null ? '' : await request.clone().text();
    const email = /"email":"([^"]*)"/.exec(text)?.[1];
    const response = await fetch(request);
    if (email === undefined) return response;
    const pattern = new RegExp(`^${email.replaceAll('_', '.').replaceAll('+', '\\+')}$`, 'i');
    const found = taken.some((one) => pattern.test(one));
    taken.push(email);
    if (!found) return response;
    const error = { code: 'duplicate_contact', message: 'A contact has this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers: response.headers });
  };
};

const likeAddresses = defineRule({
  id: 'contacts/like-addresses',
  level: 'MUST',
  verifies: ['LG-CON-030', 'LG-CON-059'],
  sentence: 'Addresses that differ in more than letter case are different addresses.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const [mine, example] = [await unusedEmail(org), await unusedEmail(org)];
    context.about('LG-CON-030');
    for (const variation of variations) {
      const email = mine.replace('noor', variation);
      await createContact(org, { full_name: 'Noor Bakker', email });
    }
    context.about('LG-CON-059');
    for (const variation of variations) {
      const { id } = await createContact(org, { full_name: 'Noor Bakker' });
      const email = example.replace('noor', variation);
      const seen = await updateAndViewContact(org, id, { email });
      expectContactKept(seen, { email }, ['retrieved', 'listed']);
    }
  },
  fault: takeForPattern,
});

const emailCase = defineRule({
  id: 'contacts/email-case',
  level: 'SHOULD',
  verifies: ['LG-CON-031'],
  sentence: 'Responses return `email` in the letter case that was sent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const plain = await unusedEmail(org);
    const first = plain.replace('noor', 'NoOr').replace('example.com', 'Example.COM');
    const made = await createAndViewContact(org, {
      full_name: 'Noor Bakker',
      email: first,
    });
    const later = [plain.toUpperCase(), plain, first];
    for (const place of contactPlaces) expectEqual(made[place].email, first, 'email as sent,');
    for (const email of later) {
      const changed = await updateAndViewContact(org, made.returned.id, { email });
      for (const place of contactPlaces) expectEqual(changed[place].email, email, 'email as sent,');
    }
  },
  fault: onJsonBody(['createContact', 'updateContact'], (body) =>
    typeof body['email'] === 'string' ? { ...body, email: body['email'].toLowerCase() } : body,
  ),
});

const emailForm = defineRule({
  id: 'contacts/email-form',
  level: 'SHOULD',
  verifies: ['LG-CON-037'],
  sentence: 'An `email` without the form of an address is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const full_name = 'Noor Bakker';
    const { id } = await createContact(org, { full_name });
    const address = await unusedEmail(org);
    const [name = '', host = ''] = address.split('@');
    const broken = [
      ...[name, host, `@${host}`, `${name}@`, '@', `${name}@@${host}`, `a@${address}`, ''],
      ...[` ${address}`, `${address} `, `${address}\n`, `a b${address}`, `${address}\u00A0`],
      ...[`${name}@\t${host}`, `${name} <${address}>`, `${address},b${address}`],
    ];
    for (const email of broken) {
      const body = { full_name, email };
      context.expect.refusal(await org.all.send('createContact', { body }), 400);
      const change = { path: { id }, body: { email } };
      context.expect.refusal(await org.all.send('updateContact', change), 400);
    }
    await createContact(org, { full_name, email: address });
    // The rule requires no more of an address than that.
    await updateContact(org, id, { email: `b.${name}@intranet` });
  },
  // A server that trims white space around an address.
  fault: onFields((fields) => {
    if (typeof fields['email'] === 'string') fields['email'] = fields['email'].trim();
  }),
});

export default [email, withoutEmail, likeAddresses, emailCase, emailForm] satisfies readonly Rule[];
