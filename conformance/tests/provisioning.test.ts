import { describe, expect, it } from 'vitest';
import { canArrive } from '../commands/session.ts';
import { provisionByControl } from '../targets/control.ts';

describe('a control API', () => {
  const provision = (operations: readonly string[]) =>
    provisionByControl({
      ...{ url: 'http://target.test/control', now: Date.now, scopes: [], plan: 'growth' },
      fetch: () => Promise.resolve(Response.json({ data: { operations } })),
    });

  it('offers the capabilities of its operations', async () => {
    const { offers } = await provision(['createOrganization', 'createKey', 'setRateLimit']);
    expect(offers).toContain('fresh-organizations');
    expect(offers).toContain('spendable-rate-limit');
    expect(offers).not.toContain('flows');
  });

  it("that can't create organisations is refused", async () => {
    await expect(provision(['getClock', 'createFlow'])).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("can't create organisations and keys") as string,
    });
  });

  it('that refuses a setting is named with the setting', async () => {
    const operations = ['createOrganization', 'createKey', 'setRateLimit'];
    const made = { data: { operations, id: '1', members: [] } };
    const { organization } = await provisionByControl({
      ...{ url: 'http://target.test/control', now: Date.now, scopes: [], plan: 'growth' },
      fetch: ({ url }) =>
        Promise.resolve(
          url.endsWith('/rate-limit')
            ? Response.json({ error: {} }, { status: 409 })
            : Response.json(made),
        ),
    });
    const { setRateLimit } = await organization({});
    await expect(setRateLimit(5, 60)).rejects.toThrow(
      'The control API at http://target.test/control returned 409 when the rate limit was set. Look',
    );
  });
});

describe('events', () => {
  const listen = { host: '127.0.0.1', port: 0 };
  it.each([
    ['from this machine', 'http://127.0.0.1:3000/api', { listen }, true],
    ['from this machine by its name', 'http://localhost:3000/api', { listen }, true],
    [
      'from elsewhere by an address for it',
      'https://a.test',
      { listen, publicUrl: 'https://b.test' },
      true,
    ],
    ['from elsewhere at an endpoint of a person', 'https://a.test', { listen, secret: 's' }, true],
    ['from elsewhere otherwise', 'https://127.0.0.1.a.test', { listen }, false],
  ])('can arrive %s or not', (_, url, webhook, possible) => {
    expect(canArrive({ url, webhook })).toBe(possible);
  });
});
