import { describe, expect, it } from 'vitest';
import { defineTarget } from '../index.ts';
import { provisionByKeys } from '../targets/keys.ts';
import { type AnyProvision, provideByFunctions } from '../targets/provision.ts';
import { Unavailable } from '../targets/target.ts';

const provide = (provision: AnyProvision, key?: string) =>
  provideByFunctions({
    ...{ provision, scopes: ['a', 'b'], plan: 'growth', now: () => 1_000_000 },
    shared: key === undefined ? undefined : provisionByKeys({ key, second: 'lg_live_second' }),
  });

describe("the user's provisioning functions", () => {
  it('offer the capabilities that they implement', () => {
    const own = provide({ createOrganization: () => 1, createKey: () => 'k' });
    expect([...own.offers].sort()).toEqual(
      [
        ...['fresh-organizations', 'second-organization', 'free-plan', 'pro-plan'],
        ...['scoped-keys', 'expired-key', 'expiring-keys'],
      ].sort(),
    );
    const shared = provide({ createFlow: () => ({ id: 'f' }) }, 'lg_live_all');
    expect([...shared.offers].sort()).toEqual(['flows', 'second-organization']);
  });

  it('are called with the organisation that they created, and delete it', async () => {
    const calls: unknown[] = [];
    const { organization } = provide({
      createOrganization: ({ plan }) => ({ plan }),
      createKey: (made, options) => {
        calls.push(made, options);
        return 'lg_live_made';
      },
      deleteOrganization: (made) => void calls.push('deleted', made),
    });
    const free = await organization({ plan: 'free' });
    await expect(free.key({ scopes: ['a'] })).resolves.toBe('lg_live_made');
    await expect(free.release()).resolves.toBe(true);
    const plan = { plan: 'free' };
    expect(calls).toEqual([plan, { scopes: ['a'], expiresAt: null }, 'deleted', plan]);
  });

  it('get the time when a key expires', async () => {
    const wishes: unknown[] = [];
    const { organization } = provide({
      createOrganization: () => 1,
      createKey: (_, { expiresAt }) => `key-${String(wishes.push(expiresAt?.getTime()))}`,
    });
    const org = await organization({});
    await org.key({ expired: true });
    await org.key({ expiresIn: 3 });
    expect(wishes).toEqual([1_000_000 - 2 * 86_400_000, 1_003_000]);
  });

  it('get their type from the function that creates organisations', () => {
    const { provision } = defineTarget({
      provision: {
        createOrganization: () => Promise.resolve({ number: 7 }),
        createKey: ({ number }, options) => `key ${number.toFixed(1)} of ${options.scopes.join()}`,
        members: ({ number }) => [String(number)],
      },
    });
    const options = { scopes: ['a'], expiresAt: null };
    expect(provision?.createKey?.({ number: 7 }, options)).toBe('key 7.0 of a');
  });

  it('may call one another', async () => {
    const provision = {
      createOrganization: () => 1,
      createKey: () => 'lg_live_made',
      createMember(): string {
        return `member of ${this.createKey()}`;
      },
    };
    const org = await provide(provision).organization({});
    await expect(org.createMember('Lotte')).resolves.toBe('member of lg_live_made');
  });

  it('work in the organisation of the keys when they create none', async () => {
    const { organization } = provide({ createFlow: () => ({ id: 'f' }) }, 'lg_live_all');
    const org = await organization({});
    await expect(org.createFlow({ name: 'F', type: 't', stages: [] })).resolves.toEqual({
      id: 'f',
    });
    await expect(org.key({})).resolves.toBe('lg_live_all');
    const second = await organization({ second: true });
    expect(() => second.createFlow({ name: 'F', type: 't', stages: [] })).toThrow(
      'capability flows',
    );
  });

  it('leave a rule not verified by an error named Unavailable, and end it in an error by any other', async () => {
    class Own extends Error {
      override readonly name = 'Unavailable';
    }
    const throwing = (thrown: Error) =>
      provide({
        createOrganization: () => 1,
        createKey: () => {
          throw thrown;
        },
      }).organization({});
    const unable = await throwing(new Own('It makes no keys that expire.'));
    await expect(unable.key({ expired: true })).rejects.toBeInstanceOf(Unavailable);
    const broken = await throwing(new Error('Out of beans'));
    await expect(broken.key({})).rejects.toThrow('provision.createKey failed: Out of beans.');
  });

  it('must return a string where one is required', async () => {
    const nothing = (() => undefined) as unknown as () => string;
    const org = await provide({ createOrganization: () => 1, createKey: nothing }).organization({});
    await expect(org.key({})).rejects.toThrow('provision.createKey returned undefined');
  });

  it.each([
    ['organisations without keys', { createOrganization: () => 1 }, 'needs provision.createKey'],
    ['nothing to work in', { createFlow: () => ({ id: 'f' }) }, 'has no createOrganization'],
  ])('are refused when there is %s', (_, provision, expected) => {
    expect(() => provide(provision)).toThrow(expected);
  });
});
