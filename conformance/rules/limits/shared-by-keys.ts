import { defineRule, type Liar } from '../../rule.ts';
import { exhaust } from '../../world/allowance.ts';

/** Lets the second key that it sees in when the limit is reached. */
const countByKey: Liar = (fetch) => {
  let first: string | null | undefined;
  return async (request) => {
    const response = await fetch(request);
    const key = request.headers.get('authorization');
    first ??= key;
    if (response.status !== 429 || key === first) return response;
    const page = { data: [], meta: { total: 0, page: 1, per_page: 25 } };
    return new Response(JSON.stringify(page), { status: 200, headers: response.headers });
  };
};

export default defineRule({
  id: 'limits/shared-by-keys',
  level: 'SHOULD',
  verifies: ['LG-LIM-007'],
  sentence: 'All keys of an organisation share one limit.',
  needs: ['rate-limit', 'fresh-organizations'],
  check: async ({ organization, impatientClientWith, expect }) => {
    const home = await organization();
    const [client, other] = [
      impatientClientWith(await home.key()),
      impatientClientWith(await home.key()),
    ];
    await exhaust(home, client, 2);
    expect.refusal(await other.send('listDossiers'), 429);
    await home.setRateLimit(2, 60);
    expect.success(await other.send('listDossiers'));
  },
  liar: countByKey,
});
