import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProvisionError } from '../errors.ts';
import { provisionByControl } from '../targets/control.ts';
import { provideByFunctions } from '../targets/provision.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { callInProcess } from './call-command.ts';
import { key, serve, serveTarget, type TestServer } from './sick-servers.ts';

const rule = ['--only', 'dossiers/created-at', '--runs', '1'];

/** An organisation with these functions beside those that create it. */
const withFunctions = (functions: Readonly<Record<string, unknown>>) =>
  provideByFunctions({
    provision: {
      createOrganization: () => ({ id: 1 }),
      createKey: () => key,
      ...functions,
    },
    ...{ file: 'my.config.mjs', scopes: ['a'], plan: 'growth', now: () => 0, shared: undefined },
  }).organization({});

describe('what provision functions return', () => {
  const text = 'It must return a list of the ids of users, as strings.';
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'no organisation',
      { createOrganization: () => undefined },
      'createOrganization in my.config.mjs returned undefined. It must return something that names the organisation',
    ],
    [
      'members as objects',
      { members: () => [{ id: 'u', name: 'Lotte' }] },
      `members in my.config.mjs returned a list with an object with id, name. ${text}`,
    ],
    ['members as numbers', { members: () => [7] }, `returned a list with a number 7. ${text}`],
    ['no members', { members: () => [] }, `returned an empty list. ${text}`],
    ['one member', { members: () => 'u1' }, `returned "u1". ${text}`],
  ])('is checked at once: %s', async (_, functions, message) => {
    const made = withFunctions(functions);
    await expect(made).rejects.toBeInstanceOf(ProvisionError);
    await expect(made).rejects.toThrow(message);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'a key that is no text',
      { createKey: () => ({ key }) },
      'createKey in my.config.mjs returned an object with key. It must return the key as a string',
    ],
    [
      'a key with a line feed',
      { createKey: () => `${key}\n` },
      'returned a string of 28 characters with spaces or special characters.',
    ],
    ['an empty key', { createKey: () => '' }, 'returned an empty string.'],
    [
      'a member without an id',
      { createMember: () => ({}) },
      'createMember in my.config.mjs returned an empty object. It must return an id as a string.',
    ],
    [
      'a flow without an id',
      { createFlow: () => ({ name: 'F' }) },
      'returned an object with name. It must return an object with the id of the flow.',
    ],
    [
      'an endpoint without a secret',
      { createEndpoint: () => ({ id: 'e' }) },
      'returned an object with id. It must return an object with the secret of the endpoint.',
    ],
    [
      'an error',
      { createKey: () => Promise.reject(new Error('Out of beans.')) },
      'provision.createKey in my.config.mjs failed: Out of beans. Correct the function.',
    ],
  ])('is checked when it is used: %s', async (_, functions, message) => {
    const made = await withFunctions(functions);
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      createKey: () => made.key({}),
      createMember: () => made.createMember('Lotte'),
      createFlow: () => made.createFlow({ name: 'F', type: 'sales', stages: [] }),
      createEndpoint: () => made.createEndpoint('http://127.0.0.1:9'),
    };
    const called = calls[Object.keys(functions)[0] ?? '']?.();
    await expect(called).rejects.toBeInstanceOf(ProvisionError);
    await expect(called).rejects.toThrow(message);
    await expect(called).rejects.not.toThrow(key);
  });

  it('is waited for only so long', async () => {
    const never = () => new Promise(() => undefined);
    const made = await withFunctions({ timeout: 0.05, setRateLimit: never });
    await expect(made.setRateLimit(1, 1)).rejects.toThrow(
      "provision.setRateLimit in my.config.mjs didn't end within 0.05 s. Correct the function, or raise provision.timeout.",
    );
  });
});

describe('what a control API answers', () => {
  const provide = (answer: (path: string) => Response | Promise<Response>) =>
    provisionByControl({
      ...{ url: 'http://target.test/control', scopes: ['a'], plan: 'growth', now: () => 0 },
      fetch: (request) => Promise.resolve(answer(new URL(request.url).pathname.slice(8))),
    });
  const json = (data: unknown): Response => Response.json({ data });
  const operations = ['createOrganization', 'createKey', 'createFlow', 'createWebhookEndpoint'];
  const organization = { id: 'o1', members: [{ id: 'u1' }] };

  it.each<[string, (path: string) => Response | Promise<Response>, string]>([
    [
      'HTML',
      () => new Response('<html></html>'),
      'answers something else than JSON. Check --control',
    ],
    [
      'another form',
      () => Response.json([]),
      'answers /capabilities without data.operations, a list.',
    ],
    ['an error', () => new Response('{}', { status: 500 }), 'returned 500 for '],
    [
      'too late',
      () => Promise.reject(new DOMException('late', 'TimeoutError')),
      "didn't answer in time.",
    ],
  ])('is checked when it is opened: %s', async (_, answer, message) => {
    const opened = provide(answer);
    await expect(opened).rejects.toBeInstanceOf(ProvisionError);
    await expect(opened).rejects.toThrow(message);
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'an organisation without an id',
      { '/organizations': { members: [] } },
      'as the id of a new organisation, returned undefined.',
    ],
    [
      'members that are no objects',
      { '/organizations': { id: 'o1', members: ['u1'] } },
      'the members of a new organisation, returned a list with undefined.',
    ],
    [
      'a key that is no text',
      { '/organizations/o1/keys': { key: 7 } },
      'as a new key, returned a number. It must return the key',
    ],
    [
      'a flow without an id',
      { '/organizations/o1/flows': {} },
      'as a new flow, returned an empty object.',
    ],
    [
      'an endpoint without a secret',
      { '/organizations/o1/webhook-endpoints': {} },
      'as a new webhook endpoint, returned an empty object.',
    ],
  ])('is checked when it is used: %s', async (_, wrong, message) => {
    const answers: Readonly<Record<string, unknown>> = {
      '/capabilities': { operations },
      '/organizations': organization,
      '/organizations/o1/keys': { key },
      '/organizations/o1/flows': { id: 'f' },
      '/organizations/o1/webhook-endpoints': { secret: 's' },
      ...wrong,
    };
    const use = async (): Promise<void> => {
      const made = await (await provide((path) => json(answers[path]))).organization({});
      await made.key({});
      await made.createFlow({ name: 'F', type: 'sales', stages: [] });
      await made.createEndpoint('http://127.0.0.1:9');
    };
    await expect(use()).rejects.toBeInstanceOf(ProvisionError);
    await expect(use()).rejects.toThrow(message);
  });
});

describe('a run with provisioning that fails', { timeout: 60_000 }, () => {
  let folder: string;
  let target: TestServer;
  let server: EmbeddedServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sick-provision-'));
    target = await serveTarget();
    server = await startReferenceServer();
  });
  afterAll(async () => {
    await target.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const configure = (functions: string, url = target.url): string => {
    const file = join(folder, `${String(Math.random()).slice(2)}.mjs`);
    writeFileSync(file, `export default { target: '${url}', provision: ${functions} };`);
    return file;
  };

  it.each([
    [
      'throws',
      `{ createOrganization: () => { throw new Error('No database'); }, createKey: () => '${key}' }`,
      /^provision\.createOrganization in \S+\.mjs failed: No database\. Correct the function\.$/,
    ],
    [
      'never resolves',
      `{ timeout: 0.3, createOrganization: () => 1, createKey: () => new Promise(() => {}) }`,
      /^provision\.createKey in \S+\.mjs didn't end within 0\.3 s\./,
    ],
    [
      'returns nothing',
      `{ createOrganization() {}, createKey: () => '${key}' }`,
      /^provision\.createOrganization in \S+\.mjs returned undefined\./,
    ],
    [
      'returns members as objects',
      `{ createOrganization: () => 1, createKey: () => '${key}', members: () => [{ id: 'u' }] }`,
      /^provision\.members in \S+\.mjs returned a list with an object with id\./,
    ],
  ])(
    'ends with one line when a function %s; doctor --try says the same',
    async (_, functions, line) => {
      const config = configure(functions);
      const run = await callInProcess(['--config', config, ...rule]);
      expect(run.err.trim()).toMatch(line);
      expect(run.err.trim().split('\n')).toHaveLength(1);
      expect({ code: run.code, out: run.out }).toEqual({ code: 4, out: '' });
      const doctor = await callInProcess(['doctor', '--try', '--config', config]);
      expect(doctor.out.replaceAll(/\s+/g, ' ')).toContain(run.err.trim());
      expect(doctor.code).toBe(4);
    },
  );

  it('names a key of the functions that the target refuses', async () => {
    const other = 'lg_live_of_another_target_1';
    const config = configure(`{ createOrganization: () => 1, createKey: () => '${other}' }`);
    const run = await callInProcess(['--config', config, ...rule]);
    expect(run.err).toMatch(/refuses the key with 401\. Check provision\.createKey and target in /);
    expect(run.code).toBe(2);
    const doctor = await callInProcess(['doctor', '--try', '--config', config]);
    expect(doctor.out.replaceAll(/\s+/g, ' ')).toContain(run.err.trim());
    expect(doctor.code).toBe(2);
  });

  it('blames the target where it is the target that fails', async () => {
    const sick = await serve((_, response) => {
      response.writeHead(500).end('{}');
    });
    const functions = `{ createOrganization: () => { throw new Error('500'); }, createKey: () => '${key}' }`;
    const { code, err } = await callInProcess([
      '--config',
      configure(functions, sick.url),
      ...rule,
    ]);
    await sick.close();
    expect(err).toMatch(/answers 500 to every read\./);
    expect(code).toBe(4);
  });

  it('waits for a control API only as long as --timeout says', async () => {
    const hanging = await serve(() => undefined);
    const flags = ['--target', target.url, '--control', hanging.url, '--timeout', '300'];
    const { code, err } = await callInProcess([...flags, ...rule]);
    await hanging.close();
    expect(err).toMatch(/^The control API at \S+ didn't answer in time\./);
    expect(code).toBe(4);
  });

  it('is preceded by a trial: doctor --try calls each function of a control API once', async () => {
    const flags = ['--target', server.url, '--control', server.controlUrl];
    const { code, out } = await callInProcess(['doctor', '--try', ...flags]);
    for (const name of [
      'createOrganization: an organisation',
      'createKey: a key of',
      'createMember: an id',
      'createFlow: a flow',
      'createEndpoint: an endpoint',
      'setPoolWindow: done',
      'setRateLimit: done',
      'changePlan: done',
      'failNext: done',
      'deleteOrganization: done',
    ]) {
      expect(out).toMatch(new RegExp(`ok {4}The control API, ${name}.*, in \\d+ ms`));
    }
    expect(code).toBe(0);
    const { out: without } = await callInProcess(['doctor', ...flags]);
    expect(without).not.toContain('createKey:');
  });

  it('is preceded by a trial: doctor --try says what each function returned, without secrets', async () => {
    const functions = `{ createOrganization: () => 1, createKey: () => '${key}', createMember: () => 'u', members: () => ['u'], setPoolWindow() {} }`;
    const { out } = await callInProcess(['doctor', '--try', '--config', configure(functions)]);
    expect(out).toMatch(/ok {4}provision\.createKey: a key of 27 characters, in \d+ ms\./);
    expect(out).toMatch(/ok {4}provision\.createMember: an id, in/);
    expect(out).toContain('ok    provision.members: 1 member.');
    expect(out).toContain('warn  provision.setPoolWindow was not tried: the target created no');
    expect(out).toContain('The organisation of the trial stays at the target.');
    expect(out).not.toContain(key);
  });
});
