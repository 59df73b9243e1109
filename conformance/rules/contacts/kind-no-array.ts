import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { changeContact, contactKinds, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/kind-no-array',
  level: 'SHOULD',
  verifies: ['LG-CON-048'],
  sentence: 'Kinds that are no array are refused, be it one kind by itself or null.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const full_name = 'Noor Bakker';
    const { id } = await createContact(world, home, { full_name });
    const path = { id };
    for (const known of contactKinds(world.contract)) {
      for (const kind of [known, null, '', { kind: known }, 1, true]) {
        const body = { full_name, kind };
        world.expect.refusal(await home.all.send('createContact', { body }), 400);
        world.expect.refusal(await home.all.send('updateContact', { path, body: { kind } }), 400);
      }
      await createContact(world, home, { full_name, kind: [known] });
      await changeContact(world, home, id, { kind: [known] });
    }
  },
  // A server that takes one for an array of one.
  liar: onFields((fields) => {
    if (typeof fields['kind'] === 'string') fields['kind'] = [fields['kind']];
  }),
});
