import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'requests/no-media-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-030'],
  sentence: 'A body without a media type is refused.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      const request = await home.prepare(id);
      // Bytes, for which nobody makes up a type on the way.
      const body = new TextEncoder().encode(JSON.stringify(request.body));
      expect.refusal(await home.all.send(id, { ...request, body }), 400);
      const headers = { 'content-type': 'application/json' };
      expect.success(await home.all.send(id, { ...request, body, headers }));
    }
  },
  liar: onDraft(({ headers, body }) => {
    if (body !== undefined && !headers.has('content-type')) {
      headers.set('content-type', 'application/json');
    }
  }),
});
