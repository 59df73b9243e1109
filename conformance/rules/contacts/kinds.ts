import fc from 'fast-check';
import { readContract } from '../../../openapi/contract.ts';
import {
  contactPlaces,
  createAndViewContact,
  expectContactKept,
  updateAndViewContact,
} from '../../assertions/contacts.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds, type NewContact } from '../../contract/resources.ts';
import { refuse } from '../../faults/access.ts';
import { type Fault, onFields, onJsonBody } from '../../faults/inject.ts';
import {
  createContact,
  findListedContact,
  updateContact,
  withUnusedEmail,
} from '../../fixtures/contacts.ts';
import { aFullContact, someKinds } from '../../generators/contacts.ts';
import { inheritedNames } from '../../generators/values.ts';

const kinds = defineRule({
  id: 'contacts/kinds',
  level: 'MUST',
  verifies: ['LG-CON-002', 'LG-CON-044'],
  sentence: 'A contact has exactly the kinds that were sent, one or several.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const all = contactKinds(context.contract);
    const see = async (kind: (typeof all)[number][]) => {
      context.about('LG-CON-044', ...(kind.length > 1 ? ['LG-CON-002' as const] : []));
      const seen = await createAndViewContact(org, { full_name: 'Noor Bakker', kind });
      expectContactKept(seen, { kind }, contactPlaces);
    };
    for (const kind of [[], [...all], [...all].reverse()]) await see(kind);
    await context.property([someKinds(all, 1)], see);
  },
  // A server that stores only one kind.
  fault: onJsonBody(['createContact'], (body) => ({
    ...body,
    kind: (body['kind'] as string[]).slice(0, 1),
  })),
});

const noKind = defineRule({
  id: 'contacts/no-kind',
  level: 'MUST',
  verifies: ['LG-CON-045'],
  sentence: 'A contact created without `kind` has an empty array of kinds.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const expectNone = async (draft: NewContact) => {
      const seen = await createAndViewContact(org, draft);
      for (const place of contactPlaces) expectEqual(seen[place].kind, [], 'the kinds');
    };
    await expectNone({ full_name: 'Noor Bakker' });
    await expectNone({ full_name: 'Noor Bakker', company: 'Tulp', role: 'Planner' });
    await context.property(
      [aFullContact(contactKinds(context.contract))],
      async ({ kind: _, full_name, ...others }) => {
        // No other field determines the kind.
        const full = await withUnusedEmail(org, { ...others, email: 'noor@example.com' });
        await expectNone({ full_name, ...full });
      },
      4,
    );
  },
  // A server that makes every new contact a prospect.
  fault: onJsonBody(['createContact'], (body) => ({ kind: ['prospect'], ...body })),
});

/** A server that stores partners as suppliers. */
const withoutPartners: Fault = (fetch, name) => {
  const take = onJsonBody(['createContact'], (body) => ({
    ...body,
    kind: (body['kind'] as string[] | undefined)?.map((one) =>
      one === 'partner' ? 'supplier' : one,
    ),
  }));
  const list = refuse(400, 'invalid_body', ({ url }) => url.includes('kind=partner'));
  return list(take(fetch, name), name);
};

const everyKind = defineRule({
  id: 'contacts/every-kind',
  level: 'MUST',
  verifies: ['LG-CON-001'],
  sentence: 'Every documented kind, and no other, can be set and listed.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const full_name = 'Noor Bakker';
    for (const kind of contactKinds(context.contract)) {
      for (const other of [`${kind}s`, `${kind}_2`, 'lead']) {
        const body = { full_name, kind: [other] };
        context.expect.refusal(await org.all.send('createContact', { body }), 400);
      }
      const seen = await createAndViewContact(org, { full_name, kind: [kind] });
      expectContactKept(seen, { kind: [kind] }, contactPlaces);
      await findListedContact(org, seen.returned.id, { kind });
    }
  },
  fault: withoutPartners,
});

/** Unknown kinds, even if letter case, white space and plural are ignored. */
const anUnknownKind = () =>
  fc.oneof(
    fc.constantFrom(
      'lead',
      'customer',
      'candidates',
      'unknown',
      'null',
      'kandidaat',
      '小林',
      ...inheritedNames,
      'date',
    ),
    fc.string({ minLength: 9, maxLength: 20 }).map((text) => `?${text}?`),
  );

const unknownKind = defineRule({
  id: 'contacts/unknown-kind',
  level: 'MUST',
  verifies: ['LG-CON-046'],
  sentence: 'An array with an unknown kind is refused, even together with known kinds.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createContact(org, { full_name: 'Noor Bakker' });
    const some = someKinds(contactKinds(context.contract));
    for (const name of inheritedNames) {
      const body = { full_name: 'Iris', kind: [name] };
      context.expect.refusal(await org.all.send('createContact', { body }), 400);
    }
    await context.property([some, anUnknownKind(), some], async (before, unknown, after) => {
      const others = after.filter((one) => !before.includes(one));
      const kind = [...before, unknown, ...others];
      const invalid = { full_name: 'Iris', kind };
      context.expect.refusal(await org.all.send('createContact', { body: invalid }), 400);
      const change = { path: { id }, body: { kind } };
      context.expect.refusal(await org.all.send('updateContact', change), 400);
      const known = [...before, ...others];
      await createContact(org, { full_name: 'Iris', kind: known });
      await updateContact(org, id, { kind: known });
    });
  },
  // A server that keeps the known kinds and drops the others.
  fault: (fetch, name) => {
    const known: readonly string[] = contactKinds(readContract());
    const alter = onFields((fields) => {
      const kinds = fields['kind'] as string[] | undefined;
      if (kinds) fields['kind'] = kinds.filter((one) => known.includes(one));
    });
    return alter(fetch, name);
  },
});

const kindNoArray = defineRule({
  id: 'contacts/kind-no-array',
  level: 'SHOULD',
  verifies: ['LG-CON-048'],
  sentence: "A `kind` that isn't an array is refused, including a single string or null.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const full_name = 'Noor Bakker';
    const { id } = await createContact(org, { full_name });
    const path = { id };
    for (const known of contactKinds(context.contract)) {
      for (const kind of [known, null, '', { kind: known }, 1, true]) {
        const body = { full_name, kind };
        context.expect.refusal(await org.all.send('createContact', { body }), 400);
        context.expect.refusal(await org.all.send('updateContact', { path, body: { kind } }), 400);
      }
      await createContact(org, { full_name, kind: [known] });
      await updateContact(org, id, { kind: [known] });
    }
  },
  // A server that accepts a single string as an array.
  fault: onFields((fields) => {
    if (typeof fields['kind'] === 'string') fields['kind'] = [fields['kind']];
  }),
});

const kindsInOrder = defineRule({
  id: 'contacts/kinds-in-order',
  level: 'SHOULD',
  verifies: ['LG-CON-047'],
  sentence: 'Kinds are returned in the order in which they were sent, each of them once.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const some = someKinds(contactKinds(context.contract), 2);
    await context.property(
      [some, some],
      async (first, second) => {
        const draft = { full_name: 'Noor Bakker', kind: [...first, ...first] };
        const made = await createAndViewContact(org, draft);
        const [head, ...rest] = second;
        const again = head ? [head, ...rest, head] : [];
        const changed = await updateAndViewContact(org, made.returned.id, { kind: again });
        for (const place of contactPlaces) {
          expectEqual(made[place].kind, first, 'the kinds as sent, each once,');
          expectEqual(changed[place].kind, second, 'the updated kinds as sent, each once,');
        }
      },
      8,
    );
  },
  // A server that sorts the kinds.
  fault: onJsonBody(['createContact', 'updateContact'], (body) => ({
    ...body,
    kind: [...(body['kind'] as string[])].sort(),
  })),
});

export default [
  kinds,
  noKind,
  everyKind,
  unknownKind,
  kindNoArray,
  kindsInOrder,
] satisfies readonly Rule[];
