import { describe, expect, it } from 'vitest';
import { provisionByKeys } from '../targets/keys.ts';
import { Unavailable } from '../targets/target.ts';

const keys = {
  key: 'lg_live_all',
  scoped: [
    { scopes: ['notes:read', 'flows:read'], key: 'lg_live_two' },
    { scopes: [], key: 'lg_live_none' },
  ],
  second: 'lg_live_second',
  members: ['a member'],
  webhookSecret: 'whsec_a',
};

describe('static keys', () => {
  it('offer only what they are for', () => {
    const offers = ['scoped-keys', 'second-organization', 'members', 'webhooks'];
    expect([...provisionByKeys(keys).offers].sort()).toEqual(offers.sort());
    expect([...provisionByKeys({ key: 'lg_live_all' }).offers]).toEqual([]);
  });

  it('are chosen by exactly their scopes, in any order', async () => {
    const org = await provisionByKeys(keys).organization({});
    await expect(org.key({})).resolves.toBe('lg_live_all');
    await expect(org.key({ scopes: ['flows:read', 'notes:read'] })).resolves.toBe('lg_live_two');
    await expect(org.key({ scopes: [] })).resolves.toBe('lg_live_none');
  });

  it('leave a rule not verified when one is missing, and name it', async () => {
    const org = await provisionByKeys(keys).organization({});
    const refused = org.key({ scopes: ['notes:read'] });
    await expect(refused).rejects.toBeInstanceOf(Unavailable);
    await expect(refused).rejects.toThrow('a key with exactly the scope notes:read');
  });

  it('have scopes, members and an endpoint only in their own organisation', async () => {
    const second = await provisionByKeys(keys).organization({ second: true });
    expect(second.members).toEqual([]);
    await expect(second.key({})).resolves.toBe('lg_live_second');
    await expect(second.key({ scopes: [] })).rejects.toBeInstanceOf(Unavailable);
    await expect(second.createEndpoint('http://x')).rejects.toBeInstanceOf(Unavailable);
    const org = await provisionByKeys(keys).organization({});
    expect(org.members).toEqual(['a member']);
    await expect(org.createEndpoint('http://x')).resolves.toEqual({ secret: 'whsec_a' });
  });
});
