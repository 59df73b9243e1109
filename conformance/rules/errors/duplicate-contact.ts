import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedEmail, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'errors/duplicate-contact',
  level: 'MUST',
  verifies: ['LG-ERR-012'],
  sentence: 'A contact with an address that is taken is told so by duplicate_contact and 409.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const email = await anUnusedEmail(world, home);
    const draft = { full_name: 'Noor Bakker' };
    await createContact(world, home, { ...draft, email });
    const { id } = await createContact(world, home, draft);
    const free = { email: await anUnusedEmail(world, home) };
    const create = (body: object) => home.all.send('createContact', { body });
    const change = (body: object) => home.all.send('updateContact', { path: { id }, body });
    world.expect.refusal(await create({ ...draft, email }), 409);
    world.expect.refusal(await change({ email }), 409);
    world.expect.success(await change(free));
    world.expect.success(await create({ ...draft, email: await anUnusedEmail(world, home) }));
  },
  liar: onAnswer(['createContact', 'updateContact'], (answer) => {
    if (answer.status === 409) answer.status = 400;
  }),
});
