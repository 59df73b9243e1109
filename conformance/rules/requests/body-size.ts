import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'requests/body-size',
  level: 'SHOULD',
  verifies: ['LG-GEN-043'],
  sentence: 'A JSON body of up to the limit is read, and one byte more is refused.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const home = await organization();
    const headers = { 'content-type': 'application/json' };
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      const request = await home.prepare(id);
      // White space between JSON's tokens means nothing, so that only the size is out of bounds.
      const send = (bytes: number) => {
        const body = JSON.stringify(request.body).padEnd(bytes, ' \n');
        return home.all.send(id, { ...request, body, headers });
      };
      expect.refusal(await send(contract.jsonBodyLimit + 1), 400);
      expect.success(await send(contract.jsonBodyLimit));
    }
  },
  // It reads bodies of any size.
  liar: onDraft((draft) => {
    draft.body = draft.body?.trim();
  }),
});
