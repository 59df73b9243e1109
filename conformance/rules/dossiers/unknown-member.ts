import fc from 'fast-check';
import { overlook } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'dossiers/unknown-member',
  level: 'SHOULD',
  verifies: ['LG-DOS-044'],
  sentence: 'Somebody who is no member of the organisation is not assigned to.',
  needs: [],
  check: async ({ organization, property, expect }) => {
    const home = await organization();
    const [member] = home.members;
    await property(
      [fc.uuid({ version: 4 })],
      async (assigned_to) => {
        const body = { type: 'candidate' as const, name: 'Noor Bakker' };
        const offence = { ...body, assigned_to };
        expect.refusal(await home.all.send('createDossier', { body: offence }), 400);
        await home.createDossier(member === undefined ? body : { ...body, assigned_to: member });
      },
      3,
    );
  },
  liar: overlook('createDossier', 'assigned_to'),
});
