import { defineRule, type Liar } from '../../rule.ts';
import { refuse } from '../../liars/access.ts';

/** So many that some of them hold each character that may stand in a key. */
const several = 12;

/** Forgets keys when others come: it remembers the last few that it saw. */
const rememberFew: Liar = (fetch, name) => {
  const seen: (string | null)[] = [];
  return (request) => {
    const key = request.headers.get('authorization');
    const again = seen.includes(key);
    const forgotten = again && !seen.slice(-several / 2).includes(key);
    if (!again) seen.push(key);
    return refuse(401, 'unauthorized', () => forgotten)(fetch, name)(request);
  };
};

export default defineRule({
  id: 'authentication/several-keys',
  level: 'MUST',
  verifies: ['LG-AUT-002'],
  sentence: 'All keys of an organisation are let in, the earlier ones beside the later.',
  needs: ['fresh-organizations'],
  check: async ({ organization, expect }) => {
    const home = await organization();
    const clients = [home.all];
    while (clients.length < several) clients.push(await home.client());
    for (const operation of ['listDossiers', 'listFlows'] as const) {
      for (const client of clients) expect.success(await client.send(operation));
    }
  },
  liar: rememberFew,
});
