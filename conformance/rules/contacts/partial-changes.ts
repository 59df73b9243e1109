import fc from 'fast-check';
import { expectConcurrentSuccess } from '../../assertions/concurrency.ts';
import {
  contactPlaces,
  type ContactViews,
  createAndViewContact,
  expectContactKept,
  updateAndViewContact,
} from '../../assertions/contacts.ts';
import type { Organization, RuleContext } from '../../context/context.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import {
  type ContactChanges,
  contactFields,
  contactKinds,
  type NewContact,
} from '../../contract/resources.ts';
import { readModifyWrite } from '../../faults/concurrency.ts';
import { ignoreNulls, onJsonBody } from '../../faults/inject.ts';
import { refuseUpdates } from '../../faults/refusals.ts';
import {
  createContact,
  documentedFieldsOf,
  findListedContact,
  forFullContacts,
  retrieveContact,
  unusedEmail,
  updateContact,
} from '../../fixtures/contacts.ts';
import { aFullContact, someContactUpdates } from '../../generators/contacts.ts';

const ofList = ['phone', 'linkedin_url', 'notes'];

/** The order of kinds, and whether empty fields are shown, are decisions. */
const settled = (name: string, value: unknown): unknown =>
  name === 'kind' ? [...(value as string[])].sort() : (value ?? null);

/** The fields that weren't sent are unchanged, also in the response to the update. */
const expectOthersKept = (
  { contract }: Pick<RuleContext, 'contract'>,
  before: ContactViews,
  seen: ContactViews,
  changes: ContactChanges,
): void => {
  for (const name of contactFields(contract)) {
    if (name in changes) continue;
    for (const place of ['retrieved', 'listed'] as const) {
      const was = settled(name, before[place][name]);
      expectEqual(settled(name, seen[place][name]), was, `${name} as before,`);
    }
    const returnedValue = seen.returned[name];
    // The precision of a timestamp is a decision.
    if (returnedValue === undefined || name === 'created_at') continue;
    const was = settled(name, before.listed[name]);
    expectEqual(settled(name, returnedValue), was, `${name} in the response as before,`);
  }
};

const full: NewContact = {
  ...{ full_name: 'Noor Bakker', phone: '+31 6 12345678', company: 'Tulp Logistics' },
  ...{ linkedin_url: 'https://linkedin.com/in/noor-bakker', role: 'Planner', city: 'Utrecht' },
  ...{ kind: ['candidate'], notes: 'Met at the fair.' },
};

/** Another value for each field except the address. */
const others: ContactChanges = {
  ...{ full_name: 'Iris Maas', phone: '+32 2 555 12 12', company: 'Linde Retail' },
  ...{ linkedin_url: 'https://linkedin.com/in/iris-maas', role: 'Buyer', city: 'Gent' },
  ...{ kind: ['client', 'partner'], notes: 'Called.\nCalls back.' },
};

/** Creates a contact and makes the updates, one after the other. */
const follow = async (
  org: Organization,
  draft: NewContact,
  history: readonly ContactChanges[],
): Promise<void> => {
  let before = await createAndViewContact(org, draft);
  for (const changes of history) {
    org.context.about('LG-CON-055');
    const seen = await updateAndViewContact(org, before.returned.id, changes);
    expectContactKept(seen, changes, ['listed']);
    const shown = Object.entries(changes).filter(([name]) => !ofList.includes(name));
    expectContactKept(seen, Object.fromEntries(shown), ['retrieved', 'listed']);
    org.context.about('LG-CON-056');
    expectOthersKept(org.context, before, seen, changes);
    before = seen;
  }
};

const partialChange = defineRule({
  id: 'contacts/partial-change',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056'],
  sentence: "An update of any subset of a contact's fields changes exactly those.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const kinds = contactKinds(context.contract);
    // Each field alone first.
    const email = await unusedEmail(org);
    const alone = Object.entries({ ...others, email: await unusedEmail(org) });
    const oneByOne = alone.map(([name, value]): ContactChanges => ({ [name]: value }));
    await follow(org, { ...full, email }, oneByOne);
    const changesInTurn = fc.array(someContactUpdates(kinds), { minLength: 1, maxLength: 3 });
    await context.property(
      [aFullContact(kinds), changesInTurn],
      async (draft, history) => {
        const unused = await unusedEmail(org);
        await follow(org, { ...draft, email: unused }, history);
      },
      10,
    );
  },
  // A server that clears fields that weren't sent.
  fault: onJsonBody(['updateContact'], (body) => ({ company: null, ...body })),
});

const parallelChanges = defineRule({
  id: 'contacts/parallel-changes',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056'],
  sentence: "Updates of different fields, simultaneous or not, don't undo one another.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const kind = contactKinds(context.contract).slice(0, 1);
    const { id } = await createContact(org, { full_name: 'Noor Bakker', kind });
    for (const mark of ['1', '2', '3']) {
      const texts = { company: `Company ${mark}`, role: `Role ${mark}`, city: `City ${mark}` };
      const changes = { full_name: `Noor ${mark}`, ...texts, notes: `Note ${mark}` };
      const sends = Object.entries(changes).map(
        ([field, value]) =>
          () =>
            org.all.send('updateContact', { path: { id }, body: { [field]: value } }),
      );
      context.about('LG-CON-055');
      await expectConcurrentSuccess(context, sends);
      const listed = await findListedContact(org, id);
      // Each update left out the fields of the others.
      context.about('LG-CON-055', 'LG-CON-056');
      const { full_name, company, role, city, notes } = listed;
      expectEqual({ full_name, company, role, city, notes }, changes, 'all updated fields,');
      context.about('LG-CON-056');
      expectEqual(listed.kind, kind, 'the kinds as before,');
    }
    const known: Record<string, unknown> = { ...(await findListedContact(org, id)) };
    for (const field of ['notes', 'company', 'role', 'city', 'full_name'] as const) {
      context.about('LG-CON-055');
      await updateContact(org, id, { [field]: `Changed ${field}` });
      const listed = await findListedContact(org, id);
      known[field] = `Changed ${field}`;
      for (const other of ['full_name', 'company', 'role', 'city', 'notes'] as const) {
        context.about(other === field ? 'LG-CON-055' : 'LG-CON-056');
        expectEqual(listed[other], known[other], `${other} after an update of ${field}`);
      }
    }
  },
  fault: readModifyWrite('updateContact', ['full_name', 'company', 'role', 'city', 'notes']),
});

const emptyChange = defineRule({
  id: 'contacts/empty-change',
  level: 'SHOULD',
  verifies: ['LG-CON-072'],
  sentence: 'An update without any field leaves the contact unchanged.',
  needs: [],
  check: (context) =>
    forFullContacts(
      context,
      async (org, draft) => {
        const { id } = await createContact(org, draft);
        const read = async () =>
          documentedFieldsOf(context.contract, await retrieveContact(org, id));
        const before = await read();
        const exchange = await org.all.send('updateContact', { path: { id }, body: {} });
        expectEqual(exchange.response.status, 200, 'the status');
        expectEqual(await read(), before, 'the contact as before,');
      },
      3,
    ),
  // A server that refuses an update without fields.
  fault: refuseUpdates((body) => body === '{}'),
});

const texts = {
  ...{ phone: '+31 6 12345678', linkedin_url: 'https://linkedin.com/in/noor' },
  ...{ company: 'Tulp Logistics', role: 'Planner', city: 'Breda', notes: 'Met at the fair.' },
};

const nullTakesAway = defineRule({
  id: 'contacts/null-takes-away',
  level: 'SHOULD',
  verifies: ['LG-CON-070'],
  sentence: 'Null clears an optional field of a contact and no other.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const email = await unusedEmail(org);
    const full = { ...texts, email };
    const { id } = await createContact(org, { full_name: 'Noor Bakker', ...full });
    const left: Record<string, unknown> = { ...full };
    for (const field of Object.keys(full)) {
      left[field] = null;
      const seen = await updateAndViewContact(org, id, { [field]: null });
      for (const place of contactPlaces) {
        const shown = { ...seen[place] } as Record<string, unknown>;
        for (const [name, value] of Object.entries(left)) {
          expectEqual(shown[name] ?? null, value, `${name} after an update of ${field} to null`);
        }
      }
    }
    // Without a name, no other contact has that name.
    await createContact(org, { full_name: 'Iris', email });
  },
  fault: ignoreNulls('updateContact'),
});

const nullName = defineRule({
  id: 'contacts/null-name',
  level: 'SHOULD',
  verifies: ['LG-CON-071'],
  sentence: 'Null in `full_name` is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createContact(org, { full_name: 'Noor Bakker' });
    for (const more of [{}, { city: 'Delft' }]) {
      const change = { path: { id }, body: { ...more, full_name: null } };
      context.expect.refusal(await org.all.send('updateContact', change), 400);
      await updateContact(org, id, { ...more, full_name: 'Iris' });
    }
  },
  fault: onJsonBody(['updateContact'], (body) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
  ),
});

export default [
  partialChange,
  parallelChanges,
  emptyChange,
  nullTakesAway,
  nullName,
] satisfies readonly Rule[];
