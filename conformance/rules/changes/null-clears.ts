import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { expectUntouched } from '../../world/aftermath.ts';
import { changeAndSee, view } from '../../world/changes.ts';
import { withUnusedEmail } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';

const values = {
  ...{ email: 'noor.bakker@example.com', phone: '+31612345678', company: 'Tulp', role: 'HR' },
  ...{ intake_notes: 'Met at the fair.', contact_person: 'Mark de Vries' },
  ...{ deal_size: 62_000, deal_currency: 'EUR' },
};
type Name = keyof typeof values;
const names = Object.keys(values) as Name[];

export default defineRule({
  id: 'changes/null-clears',
  level: 'SHOULD',
  verifies: ['LG-DOS-090'],
  sentence: 'Null takes away the value of an optional field, and of that alone.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const full = await withUnusedEmail(world, home, values);
    const { id } = await home.createDossier({ type: 'sales', name: 'With values', ...full });
    const clear = async (...fields: readonly Name[]) => {
      const changes = Object.fromEntries(fields.map((name) => [name, null]));
      const before = await view(world, home, id);
      const after = await changeAndSee(world, home, id, changes);
      expectUntouched(world, before, after, changes);
      for (const name of fields) {
        for (const shown of [after.answered, after.retrieved, after.listed]) {
          expectEqual(shown[name] ?? null, null, name);
        }
      }
    };
    for (const name of names) await clear(name);
    const { retrieved } = await changeAndSee(world, home, id, full);
    for (const name of names) expectEqual(retrieved[name], full[name], name);
    await clear(...names);
    // What has no value has none to take away.
    await clear(...names);
  },
  // A server that leaves null out, as it does with what wasn't sent.
  liar: onSent(['updateDossier'], (body) =>
    Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)),
  ),
});
