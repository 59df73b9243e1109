import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { contactKinds } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/unknown-filter',
  level: 'SHOULD',
  verifies: ['LG-GEN-024', 'LG-GEN-025', 'LG-GEN-028'],
  sentence: 'A kind or a pool that is not documented, in just that spelling, is refused.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const filters = [...contactKinds(world.contract)].map((kind) => ({ name: 'kind', kind }));
    const sound = [
      ...filters.map(({ name, kind }) => ({ name, value: kind })),
      ...['in_pool', 'expired'].map((value) => ({ name: 'pool', value })),
    ];
    const list = (name: string, ...values: string[]) =>
      home.all.send('listContacts', { query: { [name]: values } });
    for (const { name, value } of sound) {
      for (const other of ['', `${value}s`, `${value},${value}`, value.toUpperCase()]) {
        world.expect.refusal(await list(name, other), 400);
        if (name === 'kind') world.expect.refusal(await list(name, value, other), 400);
      }
      world.expect.success(await list(name, value));
    }
  },
  liar: refuseNot(400),
});
