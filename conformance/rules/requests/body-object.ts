import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'requests/body-object',
  level: 'SHOULD',
  verifies: ['LG-GEN-037'],
  sentence: 'A JSON body that is no object is refused.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      const request = await home.prepare(id);
      const right = JSON.stringify(request.body);
      const send = (body: string) =>
        home.all.send(id, { ...request, body, headers: { 'content-type': 'application/json' } });
      const wrong = ['null', 'true', '42', '"text"', '[]', `[${right}]`, JSON.stringify(right)];
      for (const body of wrong) expect.refusal(await send(body), 400);
      expect.success(await send(right));
    }
  },
  // It takes the first of several.
  liar: onDraft((draft) => {
    if (draft.body?.startsWith('[{') === true) draft.body = draft.body.slice(1, -1);
  }),
});
