import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';

export default defineRule({
  id: 'requests/media-type-parameters',
  level: 'SHOULD',
  verifies: ['LG-GEN-031'],
  sentence: 'JSON is accepted with parameters of its media type, such as a charset.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const home = await organization();
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      for (const parameters of [
        ';charset=utf-8',
        '; charset=UTF-8',
        ' ; charset=utf-8',
        '; charset="utf-8"',
        '; v=1',
      ]) {
        const request = await home.prepare(id);
        const body = JSON.stringify(request.body);
        const headers = { 'content-type': `application/json${parameters}` };
        expect.success(await home.all.send(id, { ...request, body, headers }));
      }
    }
  },
  liar: refuse(
    400,
    'invalid_body',
    ({ headers }) => headers.get('content-type')?.includes(';') === true,
  ),
});
