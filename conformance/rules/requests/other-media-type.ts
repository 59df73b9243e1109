import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';

const others = [
  'text/plain',
  'text/html',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'image/png',
];

export default defineRule({
  id: 'requests/other-media-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-029'],
  sentence: 'A body of a media type that the operation does not take is refused.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      for (const type of others) {
        const request = await home.prepare(id);
        const body = JSON.stringify(request.body);
        const send = (name: string) =>
          home.all.send(id, { ...request, body, headers: { 'content-type': name } });
        expect.refusal(await send(type), 400);
        expect.success(await send('application/json'));
      }
    }
  },
  // It reads JSON, whatever the body is said to be.
  liar: onDraft(({ headers, body }) => {
    if (body !== undefined) headers.set('content-type', 'application/json');
  }),
});
