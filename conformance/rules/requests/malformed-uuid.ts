import { onFields } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { bodyFields } from '../../world/schema-fields.ts';

const malformed = ['none', '42', '5f0c9a52-1d3e-4b7a-9c46', 'zf0c9a52-1d3e-4b7a-9c46-0e8d72ab4f19'];

export default defineRule({
  id: 'requests/malformed-uuid',
  level: 'SHOULD',
  verifies: ['LG-GEN-049'],
  sentence: 'A value that is no UUID where one is asked for is refused.',
  needs: [],
  check: async ({ contract, organization, expect }) => {
    const home = await organization();
    const right = { type: 'candidate', name: 'Noor Bakker' } as const;
    const uuids = bodyFields(contract, 'createDossier').filter(({ isUuid }) => isUuid);
    for (const value of malformed) {
      for (const { name } of uuids) {
        const body = { ...right, [name]: value };
        expect.refusal(await home.all.send('createDossier', { body }), 400);
      }
      const query = { stage_id: value };
      expect.refusal(await home.all.send('listDossiers', { query }), 400);
    }
    const { current_stage_id: stage_id } = await home.createDossier(right);
    expect.success(await home.all.send('listDossiers', { query: { stage_id } }));
  },
  // It looks at members only if they have the right form.
  liar: onFields((fields) => {
    delete fields['assigned_to'];
  }),
});
