import { onAnswer } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { factsOf, retrieveContact, type Contact } from '../../world/contacts.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';

/** What a contact has, but nobody can send; and what it doesn't have. */
const strays = {
  ...{ id: '5f0c9a52-1d3e-4b7a-9c46-0e8d72ab4f19', dossier_count: 7 },
  ...{ created_at: '2001-01-01T00:00:00Z', nickname: 'Nootje', pool: 'in_pool' },
};

/** Takes over whatever it is sent. */
const takeAll: Liar = (fetch, name) => {
  let sent = '';
  const bend = onAnswer(['getContact'], (answer) => {
    const count = /"dossier_count":(\d+)/.exec(sent)?.[1];
    if (answer.status >= 300 || count === undefined) return;
    (answer.body as { data: Contact }).data.dossier_count = Number(count);
  });
  return async (request) => {
    sent = request.body === null ? sent : await request.clone().text();
    return bend(fetch, name)(request);
  };
};

export default defineRule({
  id: 'contacts/unknown-field',
  level: 'SHOULD',
  verifies: ['LG-GEN-033'],
  sentence: 'Fields that nobody can send are ignored, even those that a contact has.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const send = async (...sent: Parameters<typeof home.all.send>) => {
      const exchange = await home.all.send(...sent);
      world.expect.success(exchange);
      return (dataOf(exchange.json) as Contact).id;
    };
    for (const [field, value] of Object.entries(strays)) {
      const body = { full_name: 'Noor Bakker', [field]: value };
      const id = await send('createContact', { body });
      const made = await retrieveContact(world, home, id);
      expectThat(made[field as keyof Contact] !== value, `no ${field} of its own`, () => made);
      expectEqual(made.dossier_count, 0, 'the dossier_count');
      const changed = await send('updateContact', { path: { id }, body });
      expectEqual(changed, id, 'the id of the contact that was changed');
      const after = factsOf(world.contract, await retrieveContact(world, home, id));
      expectEqual(after, factsOf(world.contract, made), 'the contact as before,');
    }
  },
  liar: takeAll,
});
