import fc from 'fast-check';
import { aFullContact, someChanges } from '../../arbitraries/new-contact.ts';
import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  changeAndSeeContact,
  createAndSeeContact,
  expectContactKept,
  type ContactSightings,
} from '../../world/contact-sightings.ts';
import {
  anUnusedEmail,
  contactFields,
  contactKinds,
  type ContactChanges,
  type NewContact,
} from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import type { Organization } from '../../world/organization.ts';
import type { World } from '../../world/world.ts';

const ofList = ['phone', 'linkedin_url', 'notes'];

/** The order of kinds is a matter of decisions, and so is whether nothing is told. */
const settled = (name: string, value: unknown): unknown =>
  name === 'kind' ? [...(value as string[])].sort() : (value ?? null);

/** The fields that were not sent are as before, and the answer says nothing else of them. */
const expectOthersKept = (
  { contract }: Pick<World, 'contract'>,
  before: ContactSightings,
  seen: ContactSightings,
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

export default defineRule({
  id: 'contacts/partial-change',
  level: 'MUST',
  verifies: ['LG-CON-055', 'LG-CON-056'],
  sentence: 'A change changes the fields that it names, any selection of them, and no others.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const kinds = contactKinds(world.contract);
    // Each field alone at first.
    const email = await anUnusedEmail(world, home);
    const alone = Object.entries({ ...others, email: await anUnusedEmail(world, home) });
    const oneByOne = alone.map(([name, value]): ContactChanges => ({ [name]: value }));
    await follow(world, home, { ...full, email }, oneByOne);
    const changesInTurn = fc.array(someChanges(kinds), { minLength: 1, maxLength: 3 });
    await world.property(
      [aFullContact(kinds), changesInTurn],
      async (draft, history) => {
        const unused = await anUnusedEmail(world, home);
        await follow(world, home, { ...draft, email: unused }, history);
      },
      10,
    );
  },
  // A server to which what isn't sent is nothing.
  liar: onSent(['updateContact'], (body) => ({ company: null, ...body })),
});

/** Creates a contact and makes the changes, one after the other. */
const follow = async (
  world: World,
  home: Organization,
  draft: NewContact,
  history: readonly ContactChanges[],
): Promise<void> => {
  let before = await createAndSeeContact(world, home, draft);
  for (const changes of history) {
    const seen = await changeAndSeeContact(world, home, before.answered.id, changes);
    expectContactKept(seen, changes, ['listed']);
    const shown = Object.entries(changes).filter(([name]) => !ofList.includes(name));
    expectContactKept(seen, Object.fromEntries(shown), ['retrieved', 'listed']);
    expectOthersKept(world, before, seen, changes);
    before = seen;
  }
};
