import { refuse } from '../../liars/access.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Lets each key in once. */
const useOnce: Liar = (fetch, name) => {
  const used = new Set<string | null>();
  return (request) => {
    const key = request.headers.get('authorization');
    const again = used.has(key);
    used.add(key);
    return refuse(401, 'unauthorized', () => again)(fetch, name)(request);
  };
};

export default defineRule({
  id: 'authentication/no-expiry',
  level: 'MUST',
  verifies: ['LG-AUT-009'],
  sentence: 'A key without an expiry is still let in after another one has expired.',
  needs: ['expiring-keys'],
  waits: true,
  check: async ({ organization, wait, expect }) => {
    const home = await organization();
    const lasting = await home.client();
    const passing = await home.client({ expiresIn: 1 });
    expect.success(await lasting.send('listDossiers'));
    await wait(1.5);
    // Whether this one is refused already is another matter: LG-AUT-010.
    await passing.send('listDossiers');
    expect.success(await lasting.send('listDossiers'));
    expect.success(await lasting.send('listFlows'));
  },
  liar: useOnce,
});
