import fc from 'fast-check';
import { allAtOnce } from '../../assertions/concurrency.ts';
import {
  changeAndViewContact,
  contactPlaces,
  type ContactViews,
  createAndViewContact,
  expectContactKept,
} from '../../assertions/contacts.ts';
import type { RuleContext } from '../../context/context.ts';
import { expectEqual } from '../../context/expectations.ts';
import type { Organization } from '../../context/organization.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import {
  type ContactChanges,
  contactFields,
  contactKinds,
  type NewContact,
} from '../../contract/resources.ts';
import { readModifyWrite } from '../../faults/concurrency.ts';
import { onSent } from '../../faults/inject.ts';
import { refuseChanges } from '../../faults/refusals.ts';
import {
  changeContact,
  createContact,
  documentedFieldsOf,
  findListedContact,
  forFullContacts,
  retrieveContact,
  unusedEmail,
} from '../../fixtures/contacts.ts';
import { aFullContact, someContactChanges } from '../../generators/contacts.ts';

const ofList = ['phone', 'linkedin_url', 'notes'];

/** The order of kinds is a matter of decisions, and so is whether nothing is told. */
const settled = (name: string, value: unknown): unknown =>
  name === 'kind' ? [...(value as string[])].sort() : (value ?? null);

/** The fields that were not sent are as before, and the answer says nothing else of them. */
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
    const told = seen.answered[name];
    // How precisely a moment is told is a matter of decisions.
    if (told === undefined || name === 'created_at') continue;
    const was = settled(name, before.listed[name]);
    expectEqual(settled(name, told), was, `${name} in the answer as before,`);
  }
};

const full: NewContact = {
  ...{ full_name: 'Noor Bakker', phone: '+31 6 12345678', company: 'Tulp Logistics' },
  ...{ linkedin_url: 'https://linkedin.com/in/noor-bakker', role: 'Planner', city: 'Utrecht' },
  ...{ kind: ['candidate'], notes: 'Met at the fair.' },
};

/** Another value for each field but the address. */
const others: ContactChanges = {
  ...{ full_name: 'Iris Maas', phone: '+32 2 555 12 12', company: 'Linde Retail' },
  ...{ linkedin_url: 'https://linkedin.com/in/iris-maas', role: 'Buyer', city: 'Gent' },
  ...{ kind: ['client', 'partner'], notes: 'Called.\nCalls back.' },
};

/** Creates a contact and makes the changes, one after the other. */
const follow = async (
  world: RuleContext,
  home: Organization,
  draft: NewContact,
  history: readonly ContactChanges[],
): Promise<void> => {
  let before = await createAndViewContact(world, home, draft);
  for (const changes of history) {
    const seen = await changeAndViewContact(world, home, before.answered.id, changes);
    expectContactKept(seen, changes, ['listed']);
    const shown = Object.entries(changes).filter(([name]) => !ofList.includes(name));
    expectContactKept(seen, Object.fromEntries(shown), ['retrieved', 'listed']);
    expectOthersKept(world, before, seen, changes);
    before = seen;
  }
};

const partialChange = defineRule({
  id: 'contacts/partial-change',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056'],
  sentence: 'A change changes the fields that it names, any selection of them, and no others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kinds = contactKinds(world.contract);
    // Each field alone at first.
    const email = await unusedEmail(world, home);
    const alone = Object.entries({ ...others, email: await unusedEmail(world, home) });
    const oneByOne = alone.map(([name, value]): ContactChanges => ({ [name]: value }));
    await follow(world, home, { ...full, email }, oneByOne);
    const changesInTurn = fc.array(someContactChanges(kinds), { minLength: 1, maxLength: 3 });
    await world.property(
      [aFullContact(kinds), changesInTurn],
      async (draft, history) => {
        const unused = await unusedEmail(world, home);
        await follow(world, home, { ...draft, email: unused }, history);
      },
      10,
    );
  },
  // A server to which what isn't sent is nothing.
  liar: onSent(['updateContact'], (body) => ({ company: null, ...body })),
});

const parallelChanges = defineRule({
  id: 'contacts/parallel-changes',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056'],
  sentence: 'Of changes of different fields at the same time or in turn, none undoes another.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kind = contactKinds(world.contract).slice(0, 1);
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker', kind });
    for (const mark of ['1', '2', '3']) {
      const texts = { company: `Company ${mark}`, role: `Role ${mark}`, city: `City ${mark}` };
      const changes = { full_name: `Noor ${mark}`, ...texts, notes: `Note ${mark}` };
      const sends = Object.entries(changes).map(
        ([field, value]) =>
          () =>
            home.all.send('updateContact', { path: { id }, body: { [field]: value } }),
      );
      await allAtOnce(world, sends);
      const listed = await findListedContact(world, home, id);
      const { full_name, company, role, city, notes } = listed;
      expectEqual({ full_name, company, role, city, notes }, changes, 'all that was changed,');
      expectEqual(listed.kind, kind, 'the kinds as before,');
    }
    const known: Record<string, unknown> = { ...(await findListedContact(world, home, id)) };
    for (const field of ['notes', 'company', 'role', 'city', 'full_name'] as const) {
      await changeContact(world, home, id, { [field]: `Changed ${field}` });
      const listed = await findListedContact(world, home, id);
      known[field] = `Changed ${field}`;
      for (const other of ['full_name', 'company', 'role', 'city', 'notes'] as const) {
        expectEqual(listed[other], known[other], `${other} after a change of ${field}`);
      }
    }
  },
  liar: readModifyWrite('updateContact', ['full_name', 'company', 'role', 'city', 'notes']),
});

const emptyChange = defineRule({
  id: 'contacts/empty-change',
  level: 'SHOULD',
  verifies: ['LG-CON-072'],
  sentence: 'A change without any field leaves the contact as it was.',
  needs: [],
  check: (world) =>
    forFullContacts(
      world,
      async (home, draft) => {
        const { id } = await createContact(world, home, draft);
        const look = async () =>
          documentedFieldsOf(world.contract, await retrieveContact(world, home, id));
        const before = await look();
        const exchange = await home.all.send('updateContact', { path: { id }, body: {} });
        expectEqual(exchange.response.status, 200, 'the status');
        expectEqual(await look(), before, 'the contact as before,');
      },
      3,
    ),
  // A server that asks what there is to be changed.
  liar: refuseChanges((body) => body === '{}'),
});

const texts = {
  ...{ phone: '+31 6 12345678', linkedin_url: 'https://linkedin.com/in/noor' },
  ...{ company: 'Tulp Logistics', role: 'Planner', city: 'Breda', notes: 'Met at the fair.' },
};

const nullTakesAway = defineRule({
  id: 'contacts/null-takes-away',
  level: 'SHOULD',
  verifies: ['LG-CON-070'],
  sentence: 'Null takes away the value of a field, and of no other.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const email = await unusedEmail(world, home);
    const full = { ...texts, email };
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker', ...full });
    const left: Record<string, unknown> = { ...full };
    for (const field of Object.keys(full)) {
      left[field] = null;
      const seen = await changeAndViewContact(world, home, id, { [field]: null });
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

const nullName = defineRule({
  id: 'contacts/null-name',
  level: 'SHOULD',
  verifies: ['LG-CON-071'],
  sentence: 'Null takes no contact its name.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    for (const more of [{}, { city: 'Delft' }]) {
      const change = { path: { id }, body: { ...more, full_name: null } };
      world.expect.refusal(await home.all.send('updateContact', change), 400);
      await changeContact(world, home, id, { ...more, full_name: 'Iris' });
    }
  },
  liar: onSent(['updateContact'], (body) =>
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
