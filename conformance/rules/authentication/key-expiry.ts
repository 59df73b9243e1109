import { expectRefusedWithControl } from '../../assertions/refusals.ts';
import { Nonconformity } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { admitRefused, refuse } from '../../faults/access.ts';
import type { Fault } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';

/** In seconds. At what time of its last day a key expires is a decision (LG-AUT-010). */
const lives = [2 * 86_400, 400 * 86_400];

const unexpiredKey = defineRule({
  id: 'authentication/unexpired-key',
  level: 'MUST',
  verifies: ['LG-AUT-002'],
  sentence: 'An API key that has not expired yet is valid.',
  needs: ['expiring-keys'],
  check: async ({ organization, expect }) => {
    const org = await organization();
    for (const expiresIn of lives) {
      const client = await org.client({ expiresIn });
      for (const operation of ['listDossiers', 'listFlows'] as const) {
        expect.success(await client.send(operation));
      }
    }
  },
  fault: refuse(401, 'unauthorized', ({ url }) => url.includes('/flows')),
});

const expiredKey = defineRule({
  id: 'authentication/expired-key',
  level: 'MUST',
  verifies: ['LG-AUT-008'],
  sentence: 'An expired API key is refused.',
  needs: ['expired-key'],
  check: async (context) => {
    const organization = await context.organization();
    const late = await organization.client({ expired: true });
    for (const { id } of context.operations) {
      const send = late.send.bind(late, id);
      await expectRefusedWithControl(organization, id, send, [401]);
    }
  },
  fault: admitRefused(401),
});

/** In seconds; the day has ended in every time zone. */
const aDayAndAnHour = 25 * 3_600;

const longExpired = defineRule({
  id: 'authentication/long-expired',
  level: 'MUST',
  verifies: ['LG-AUT-008'],
  sentence: 'An API key is refused once the day of its expiry is over.',
  needs: ['expiring-keys'],
  check: async (context) => {
    const organization = await context.organization();
    const late = await organization.client({ expiresIn: -aDayAndAnHour });
    for (const { id } of context.operations) {
      const send = late.send.bind(late, id);
      await expectRefusedWithControl(organization, id, send, [401]);
    }
  },
  fault: admitRefused(401),
});

/** A server that accepts each key once. */
const useOnce: Fault = (fetch, name) => {
  const used = new Set<string | null>();
  return (request) => {
    const key = request.headers.get('authorization');
    const again = used.has(key);
    used.add(key);
    return refuse(401, 'unauthorized', () => again)(fetch, name)(request);
  };
};

const noExpiry = defineRule({
  id: 'authentication/no-expiry',
  level: 'MUST',
  verifies: ['LG-AUT-009'],
  sentence: 'An API key without an expiry stays valid, even after another one has expired.',
  needs: ['expiring-keys'],
  waits: true,
  check: async ({ organization, wait, expect }) => {
    const org = await organization();
    const lasting = await org.client();
    const passing = await org.client({ expiresIn: 1 });
    expect.success(await lasting.send('listDossiers'));
    await wait(1.5);
    // Whether this one is refused already is a decision: LG-AUT-010.
    await passing.send('listDossiers');
    expect.success(await lasting.send('listDossiers'));
    expect.success(await lasting.send('listFlows'));
  },
  fault: useOnce,
});

/** Lifetimes of keys, in seconds; the longer ones are for busy machines. */
const keyLifetimes = [2, 8, 30];

const expiryInstant = defineRule({
  id: 'authentication/expiry-instant',
  level: 'SHOULD',
  verifies: ['LG-AUT-010'],
  sentence: 'An API key is valid until exactly the time of its expiry.',
  needs: ['expiring-keys'],
  waits: true,
  check: async ({ organization, wait, expect }) => {
    const org = await organization();
    for (const seconds of keyLifetimes) {
      const client = await org.client({ expiresIn: seconds });
      const early = await client.send('listDossiers');
      // The request took too long, so the next, longer lifetime is used.
      if (early.response.status === 401) continue;
      expect.success(early);
      await wait(seconds + 0.5);
      expect.refusal(await client.send('listDossiers'), 401);
      return;
    }
    throw new Nonconformity(`a key that lives for ${String(keyLifetimes.at(-1))} seconds`, 'none');
  },
  // A server whose keys are valid until the end of the day.
  fault: acceptRefused(401),
});

export default [
  unexpiredKey,
  expiredKey,
  longExpired,
  noExpiry,
  expiryInstant,
] satisfies readonly Rule[];
