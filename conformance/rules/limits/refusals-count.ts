import { onAnswer } from '../../liars/answers.ts';
import { defineRule } from '../../rule.ts';
import { remainingOf } from '../../world/allowance.ts';
import { expectEqual } from '../../world/expectations.ts';
import { stray } from '../../world/strays.ts';

export default defineRule({
  id: 'limits/refusals-count',
  level: 'SHOULD',
  verifies: ['LG-LIM-018'],
  sentence: 'Requests count whatever their answer is.',
  needs: ['rate-limit', 'fresh-organizations', 'scoped-keys'],
  check: async ({ organization, impatientClientWith, expect }) => {
    const home = await organization();
    const weak = impatientClientWith(await home.key({ scopes: ['notes:read'] }));
    const client = impatientClientWith(await home.key());
    const remaining = async () => {
      const exchange = await client.send('listDossiers');
      expect.success(exchange);
      return remainingOf(exchange);
    };
    await home.setRateLimit(20, 3_600);
    const refused = [
      () => client.send('createDossier', { body: { type: 'neither', name: 'Noor' } }),
      () => client.send('getDossier', { path: { id: 'none' } }),
      () => stray(client, 'GET', '/nothing'),
      () => weak.send('listDossiers'),
    ];
    for (const send of refused) {
      const before = await remaining();
      await send();
      expectEqual(await remaining(), before - 2, 'what remains after a refusal and a success,');
    }
  },
  // Refusals are free: what remains is higher by those before.
  liar: (fetch, name) => {
    let free = 0;
    return onAnswer('all', ({ status, headers }) => {
      if (status >= 400) free += 1;
      const remaining = Number(headers.get('x-ratelimit-remaining'));
      headers.set('x-ratelimit-remaining', String(remaining + free));
    })(fetch, name);
  },
});
