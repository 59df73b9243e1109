import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'changes/no-body',
  level: 'SHOULD',
  verifies: ['LG-GEN-038'],
  sentence: 'A change that is sent without any body is refused.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const { id } of operations.filter(({ method }) => method === 'PATCH')) {
      const { path = {}, body } = await home.prepare(id);
      for (const headers of [{}, { 'content-type': 'application/json' }]) {
        expect.refusal(await home.all.send(id, { path, headers }), 400);
      }
      expect.success(await home.all.send(id, { path, body }));
    }
  },
  // A server that reads no body as one of no fields.
  liar: onDraft((draft) => {
    if (draft.method !== 'PATCH' || draft.body) return;
    draft.headers.set('content-type', 'application/json');
    draft.body = '{}';
  }),
});
