import { defineRule, type Liar } from '../../rule.ts';
import { exhaust, expectLetIn, shortWindows } from '../../world/allowance.ts';
import { secondsToWait } from '../../world/retry-after.ts';

/** Locks a key out for good once it has gone too far. */
const holdGrudge: Liar = (fetch) => {
  const barred = new Map<string | null, Response>();
  return async (request) => {
    const key = request.headers.get('authorization');
    const response = barred.get(key) ?? (await fetch(request));
    if (response.status === 429) barred.set(key, response.clone());
    return response;
  };
};

export default defineRule({
  id: 'limits/recovery',
  level: 'MUST',
  verifies: ['LG-LIM-003'],
  sentence: 'Once the time in Retry-After is over, requests are let in again.',
  needs: ['spendable-rate-limit'],
  waits: true,
  check: async ({ organization, impatientClientWith, wait, expect }) => {
    const home = await organization();
    const client = impatientClientWith(await home.key());
    // Longer than the shortest wait that can be told, so that too short a one is found out.
    const windows = shortWindows.filter((seconds) => seconds > 1);
    const { refusal } = await exhaust(home, client, 2, windows);
    await wait(secondsToWait(refusal));
    const later = await client.send('listDossiers');
    expectLetIn(home, later);
    expect.success(later);
  },
  liar: holdGrudge,
});
