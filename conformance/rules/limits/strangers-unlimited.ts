import { defineRule, type Liar } from '../../rule.ts';
import { allowanceOf } from '../../world/plans.ts';

/** Limits callers by their address, whoever they are. */
const limitStrangers: Liar = (fetch) => {
  let strangers = 0;
  return async (request) => {
    const response = await fetch(request);
    if (response.status === 401) strangers += 1;
    if (strangers <= 100) return response;
    const body = { error: { code: 'rate_limited', message: 'Slow down.' } };
    const headers = new Headers(response.headers);
    headers.set('retry-after', '1');
    return new Response(JSON.stringify(body), { status: 429, headers });
  };
};

export default defineRule({
  id: 'limits/strangers-unlimited',
  level: 'SHOULD',
  verifies: ['LG-LIM-019'],
  sentence: 'Who has no key or no plan is told so, and never to slow down.',
  needs: ['free-plan', 'rate-limit', 'fresh-organizations'],
  check: async ({ contract, organization, impatientClientWith, expect }) => {
    const { requests } = allowanceOf(contract);
    const free = await organization({ plan: 'free' });
    const client = impatientClientWith(await free.key());
    await free.setRateLimit(1, 3_600);
    for (let sent = 0; sent < 3; sent += 1) {
      expect.refusal(await client.send('listDossiers'), 402);
    }
    const stranger = impatientClientWith(`${contract.keyPrefix}unknown`);
    for (let sent = 0; sent <= requests; sent += 1) {
      expect.refusal(await stranger.send('listDossiers'), 401);
    }
    const home = await organization();
    expect.success(await home.all.send('listDossiers'));
  },
  liar: limitStrangers,
});
