import fc from 'fast-check';
import { readContract } from '../../../openapi/contract.ts';
import { someKinds } from '../../arbitraries/new-contact.ts';
import { inheritedNames } from '../../arbitraries/value-beside.ts';
import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, contactKinds, createContact } from '../../world/contacts.ts';

/** Kinds that are none, even for who overlooks letter case, blanks and numbers. */
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

export default defineRule({
  id: 'contacts/unknown-kind',
  level: 'MUST',
  verifies: ['LG-CON-046'],
  sentence: 'An unknown kind is refused, wherever it stands among known ones.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const some = someKinds(contactKinds(world.contract));
    for (const name of inheritedNames) {
      const body = { full_name: 'Iris', kind: [name] };
      world.expect.refusal(await home.all.send('createContact', { body }), 400);
    }
    await world.property([some, anUnknownKind(), some], async (before, unknown, after) => {
      const others = after.filter((one) => !before.includes(one));
      const kind = [...before, unknown, ...others];
      const offence = { full_name: 'Iris', kind };
      world.expect.refusal(await home.all.send('createContact', { body: offence }), 400);
      const change = { path: { id }, body: { kind } };
      world.expect.refusal(await home.all.send('updateContact', change), 400);
      const known = [...before, ...others];
      await createContact(world, home, { full_name: 'Iris', kind: known });
      await changeContact(world, home, id, { kind: known });
    });
  },
  // A server that keeps of them what it knows.
  liar: (fetch, name) => {
    const known: readonly string[] = contactKinds(readContract());
    const bend = onFields((fields) => {
      const kinds = fields['kind'] as string[] | undefined;
      if (kinds) fields['kind'] = kinds.filter((one) => known.includes(one));
    });
    return bend(fetch, name);
  },
});
