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
        const broken = [name, `@${host}`, `${name}@`, `${name}@@${host}`, `a@${address}`];
        for (const email of [...broken, ` ${address}`, `${name}@ ${host}`]) {
          const body = { ...draft, email };
          expect.refusal(await home.all.send('createDossier', { body }), 400);
        }
        // No more than that is asked of an address.
        for (const email of [address, `${name}@intranet`]) {
          await home.createDossier(await withUnusedEmail(world, home, { ...draft, email }));
        }
      },
      3,
    );
  },
  liar: refuseNot(400),
});
