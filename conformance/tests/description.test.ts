import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findFlaws, readDescription } from '../targets/description-file.ts';
import type { AnyProvision } from '../targets/provision.ts';

describe('the description of a target', () => {
  it.each([
    ['a misspelt key', { tarket: 'x' }, 'tarket is unknown. Did you mean target?'],
    [
      'an unknown key',
      { colour: 'red' },
      'colour is unknown. The known ones are $schema, target, start',
    ],
    [
      'a misspelt key inside',
      { keys: { expird: 'LEADGRID_A_KEY' } },
      'keys.expird is unknown. Did',
    ],
    ['another type', { target: 3 }, 'target must be the base URL to judge, such as'],
    ['a port beyond all', { webhook: { listen: { port: 70_000 } } }, 'a whole number from 0 to'],
    ['a limit of nothing', { rateLimit: { requests: 0, windowSeconds: 1 } }, 'rateLimit.requests'],
    ['a reason left out', { omit: [{ operations: ['listFlows'] }] }, 'omit[0].reason is missing'],
    ['a patience without end', { webhook: { patience: 3_600 } }, 'no more than 600'],
    ['an empty command', { start: ' ' }, 'start must be the command that starts the target'],
    [
      'a list of scopes as text',
      { keys: { byScopes: [{ scopes: 'a', key: 'LEADGRID_A_KEY' }] } },
      'keys.byScopes[0].scopes must be the list of exactly',
    ],
    ['no object at all', 'http://127.0.0.1', 'The default export must be an object'],
    [
      'a value for a function',
      { provision: { createKey: 'me' } },
      'must be a function, but is "me"',
    ],
  ])('reports %s, and what is expected', (_, content, flaw) => {
    const flaws = findFlaws(content);
    expect(flaws).toHaveLength(1);
    expect(flaws[0]).toContain(flaw);
  });

  it('reports every mistake at once', () => {
    expect(findFlaws({ tarket: 'x', members: [1], keys: { freeplan: 'x' } })).toHaveLength(3);
  });

  it("never prints a value given in place of a variable's name", () => {
    for (const name of ['lg_live_abcdefgh', 'sesame', 'LEADGRID_sesame']) {
      const [flaw = ''] = findFlaws({
        keys: { expired: name },
        control: { url: 'x', token: name },
      });
      expect(flaw).toContain('must be the name of an environment variable');
      expect(flaw).not.toContain('sesame');
      expect(flaw).not.toContain('lg_live_abcdefgh');
    }
  });

  it('accepts every provisioning function', () => {
    const call = () => 1;
    const provision: Record<Exclude<keyof AnyProvision, 'timeout'>, () => unknown> = {
      ...{ createOrganization: call, deleteOrganization: call, createKey: call, members: call },
      ...{ createMember: call, createFlow: call, setRateLimit: call, setPoolWindow: call },
      ...{ changePlan: call, failNext: call, createEndpoint: call },
    };
    expect(findFlaws({ provision })).toEqual([]);
  });

  it('has every setting explained in the file that init writes', () => {
    const read = (name: string) =>
      readFileSync(new URL(`../targets/${name}`, import.meta.url), 'utf8');
    const sample = read('sample.config.mjs');
    const keys = keysOf(JSON.parse(read('description.schema.json')));
    for (const key of keys) expect(sample).toContain(key);
    expect(keys).toContain('createEndpoint');
  });

  it('accepts a description with every key', () => {
    const described = {
      $schema: './description.schema.json',
      target: 'http://127.0.0.1:3000/api/v1',
      start: 'npm start',
      keys: {
        allScopes: 'LEADGRID_KEY',
        byScopes: [{ scopes: [], key: 'LEADGRID_NO_SCOPE_KEY' }],
        expired: 'LEADGRID_EXPIRED_KEY',
        freePlan: 'LEADGRID_FREE_PLAN_KEY',
        proPlan: 'LEADGRID_PRO_PLAN_KEY',
        secondOrganization: 'LEADGRID_SECOND_KEY',
      },
      members: ['5b1f9f0c-3c5e-4a53-9d6a-0f1a7c1f4c11'],
      control: { url: 'http://127.0.0.1:3000/control/v1', token: 'LEADGRID_CONTROL_TOKEN' },
      provision: { createOrganization: () => ({}), createKey: () => '' },
      rateLimit: { requests: 600, windowSeconds: 60, mayBeExhausted: true },
      webhook: {
        secret: 'LEADGRID_WEBHOOK_SECRET',
        listen: { port: 1 },
        publicUrl: 'http://x',
        patience: 60,
      },
      omit: [{ requirements: ['LG-LIM-*'], operations: ['a'], events: ['b'], reason: 'Why.' }],
    };
    expect(findFlaws(described)).toEqual([]);
  });
});

/** The names of all properties in a schema, at any depth. */
const keysOf = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: object };
  const own = Object.keys(properties ?? {}).filter((name) => name !== '$schema');
  return [...own, ...Object.values(schema).flatMap(keysOf)];
};

describe('a configuration file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  it('can be JSON', async () => {
    const file = write('good.json', '{"target": "http://127.0.0.1:1"}');
    await expect(readDescription(file)).resolves.toEqual({ target: 'http://127.0.0.1:1' });
  });

  it('can be an ES module', async () => {
    const file = write('good.mjs', 'export default { target: "http://127.0.0.1:1" };');
    await expect(readDescription(file)).resolves.toEqual({ target: 'http://127.0.0.1:1' });
  });

  it.each([
    [
      'is not there',
      'none.mjs',
      undefined,
      'Check --config, or write one with `npx leadgrid-conformance init',
    ],
    ['is broken JSON', 'broken.json', '{"target": }', 'is not JSON: '],
    ['is a broken module', 'broken.mjs', 'export default {', "can't be loaded: "],
    ['throws', 'throws.mjs', 'throw new Error("Out of beans");', 'Out of beans. Correct it.'],
    ['exports nothing', 'nothing.mjs', 'export const a = 1;', 'has no default export'],
    ['has a mistake', 'mistaken.json', '{"tarket": "x"}', 'tarket is unknown'],
  ])('that %s is refused with an explanation', async (_, name, text, phrase) => {
    const file = text === undefined ? join(folder, name) : write(name, text);
    await expect(readDescription(file)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(phrase) as string,
    });
  });
});
