import { anEmail } from '../../arbitraries/email.ts';
import { refuseNot } from '../../liars/refusals.ts';
import { defineRule } from '../../rule.ts';
import { withUnusedEmail } from '../../world/contacts.ts';

export default defineRule({
  id: 'dossiers/email-form',
  level: 'SHOULD',
  verifies: ['LG-DOS-050'],
  sentence: 'An e-mail address needs something on both sides of a single @.',
  needs: [],
  check: async (world) => {
    const { organization, property, expect } = world;
    const home = await organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    await property(
      [anEmail()],
      async (address) => {
        const [name = '', host = ''] = address.split('@');
        for (const email of [name, `@${host}`, `${name}@`, `${name}@@${host}`, `a@${address}`]) {
          const body = { ...draft, email };
          expect.refusal(await home.all.send('createDossier', { body }), 400);
        }
        await home.createDossier(await withUnusedEmail(world, home, { ...draft, email: address }));
      },
      3,
    );
  },
  liar: refuseNot(400),
});
