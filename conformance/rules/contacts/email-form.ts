import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { anUnusedEmail, changeContact, createContact } from '../../world/contacts.ts';

export default defineRule({
  id: 'contacts/email-form',
  level: 'SHOULD',
  verifies: ['LG-CON-037'],
  sentence: 'An address needs something on both sides of a single @, and no white space.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const full_name = 'Noor Bakker';
    const { id } = await createContact(world, home, { full_name });
    const address = await anUnusedEmail(world, home);
    const [name = '', host = ''] = address.split('@');
    const broken = [
      ...[name, host, `@${host}`, `${name}@`, '@', `${name}@@${host}`, `a@${address}`, ''],
      ...[` ${address}`, `${address} `, `${address}\n`, `a b${address}`, `${address}\u00A0`],
      ...[`${name}@\t${host}`, `${name} <${address}>`, `${address},b${address}`],
    ];
    for (const email of broken) {
      const body = { full_name, email };
      world.expect.refusal(await home.all.send('createContact', { body }), 400);
      const change = { path: { id }, body: { email } };
      world.expect.refusal(await home.all.send('updateContact', change), 400);
    }
    await createContact(world, home, { full_name, email: address });
    // No more than that is asked of an address.
    await changeContact(world, home, id, { email: `b.${name}@intranet` });
  },
  // A server that takes blanks around it for a slip.
  liar: onFields((fields) => {
    if (typeof fields['email'] === 'string') fields['email'] = fields['email'].trim();
  }),
});
