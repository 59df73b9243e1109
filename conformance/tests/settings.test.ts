import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readSettings, type TargetOptions } from '../commands/settings.ts';

const contract = readContract();
const target = 'http://127.0.0.1:1/api/v1';
const none: TargetOptions = {
  ...{ target: undefined, config: undefined, control: undefined, start: undefined },
  ...{ allowProduction: false, timeout: 1_000 },
};

describe('the configuration of a target', () => {
  const folder = mkdtempSync(join(tmpdir(), 'settings-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  let files = 0;
  const settle = (
    described: object | undefined,
    options: Partial<TargetOptions> = {},
    environment: Record<string, string> = { LEADGRID_KEY: 'lg_live_usual_0001' },
  ) => {
    const config = join(folder, `${String((files += 1))}.json`);
    if (described) writeFileSync(config, JSON.stringify(described));
    const file = described ? { config } : {};
    return readSettings({ ...none, ...file, ...options }, contract, environment);
  };

  it('is taken from the command line before the file', async () => {
    const described = { target, start: 'a', control: { url: 'http://127.0.0.1:2/c' } };
    const options = { target: 'http://127.0.0.1:3', start: 'b', control: 'http://127.0.0.1:4' };
    await expect(settle(described, options)).resolves.toMatchObject({
      target: { url: 'http://127.0.0.1:3', from: '--target' },
      start: 'b',
      control: { url: 'http://127.0.0.1:4' },
    });
  });

  it('is taken from the file before the default variables', async () => {
    const described = { target, keys: { allScopes: 'LEADGRID_OWN_KEY' } };
    const environment = {
      ...{ LEADGRID_KEY: 'lg_live_usual_0001', LEADGRID_OWN_KEY: 'lg_live_own_000001' },
      ...{ LEADGRID_EXPIRED_KEY: 'lg_live_old_000001' },
    };
    const { keys, variables } = await settle(described, {}, environment);
    expect(keys).toMatchObject({ key: 'lg_live_own_000001', expired: 'lg_live_old_000001' });
    expect(variables).toMatchObject({ allScopes: 'LEADGRID_OWN_KEY' });
  });

  it('is empty for the reference server', async () => {
    const settings = await settle(undefined, {}, {});
    expect(settings).toMatchObject({ target: undefined, control: undefined, keys: undefined });
  });

  it('gives a key for each set of scopes', async () => {
    const described = {
      target,
      keys: { byScopes: [{ scopes: ['notes:read'], key: 'LEADGRID_NOTES_KEY' }] },
    };
    const environment = {
      LEADGRID_KEY: 'lg_live_all_000001',
      LEADGRID_NOTES_KEY: 'lg_live_notes_0001',
    };
    const { keys } = await settle(described, {}, environment);
    expect(keys?.scoped).toEqual([{ scopes: ['notes:read'], key: 'lg_live_notes_0001' }]);
  });

  it("offers the user's endpoint only when the suite listens for it", async () => {
    const environment = {
      LEADGRID_KEY: 'lg_live_all_000001',
      LEADGRID_WEBHOOK_SECRET: 'whsec_of_endpoint_1',
    };
    const listen = { port: 8787 };
    const known = await settle({ target, webhook: { listen } }, {}, environment);
    expect(known.webhook).toEqual({
      listen: { host: '127.0.0.1', port: 8787 },
      secret: 'whsec_of_endpoint_1',
    });
    expect(known.keys?.webhookSecret).toBe('whsec_of_endpoint_1');
    const unknown = await settle({ target }, {}, environment);
    expect(unknown.webhook).toEqual({ listen: { host: '127.0.0.1', port: 0 } });
    expect(unknown.keys).not.toHaveProperty('webhookSecret');
  });

  it('allows to use up the rate limit only when it says so', async () => {
    const rateLimit = { requests: 9, windowSeconds: 5 };
    expect((await settle({ target, rateLimit })).keys).not.toHaveProperty('rateLimit');
    const allowed = await settle({ target, rateLimit: { ...rateLimit, mayBeExhausted: true } });
    expect(allowed.keys?.rateLimit).toEqual(rateLimit);
  });

  it.each([
    [
      'a variable that is not set',
      { target, keys: { expired: 'LEADGRID_OLD_KEY' } },
      {},
      "keys.expired names LEADGRID_OLD_KEY, which isn't set",
    ],
    [
      'a scope that does not exist',
      { target, keys: { byScopes: [{ scopes: ['note:read'], key: 'LEADGRID_KEY' }] } },
      {},
      'Did you mean notes:read?',
    ],
    ['no target', {}, {}, 'names no target'],
    ['a command without a target', undefined, { start: 'npm start' }, '--start needs --target'],
    ['a target that is no URL', { target: 'localhost' }, {}, 'target in '],
    [
      'control and provision',
      { target, control: { url: target }, provision: {} },
      {},
      'both control and provision',
    ],
    [
      'a secret without a port',
      { target, webhook: { secret: 'LEADGRID_KEY' } },
      {},
      'webhook.listen.port',
    ],
    [
      'a window that nobody waits for',
      { target, rateLimit: { requests: 1, windowSeconds: 3600, mayBeExhausted: true } },
      {},
      'at most 120 s',
    ],
  ])('is refused with %s', async (_, described, options, expected) => {
    await expect(settle(described, options)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(expected) as string,
    });
  });

  it.each([
    'LEADGRID_KEY',
    'LEADGRID_SECOND_KEY',
    'LEADGRID_CONTROL_TOKEN',
    'LEADGRID_OTHER_SECRET',
  ])('is refused with a short secret, which is not shown: %s', async (name) => {
    const environment = { LEADGRID_KEY: 'lg_live_usual_0001', [name]: 'rule' };
    await expect(settle({ target }, {}, environment)).rejects.toMatchObject({
      exitCode: 2,
      message:
        `${name} has only 4 characters. Reports replace a secret wherever it occurs, and one of ` +
        'fewer than 16 can occur by chance. Use a longer one, or unset it.',
    });
  });

  it('is refused without a key', async () => {
    await expect(settle({ target }, {}, {})).rejects.toThrow('set LEADGRID_KEY');
  });
});
