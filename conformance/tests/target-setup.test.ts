import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import type { Report } from '../report/report.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { callCommand } from './call-command.ts';

const { scopes } = readContract();
const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

describe('pointing the suite at a target', { timeout: 120_000 }, () => {
  let folder: string;
  let server: EmbeddedServer;
  let environment: Record<string, string>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pointing-'));
    server = await startReferenceServer();
    environment = await makeKeys(server.controlUrl);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const described = (rest: object): string =>
    JSON.stringify({
      target: server.url,
      ...rest,
      omit: [{ requirements: ['LG-NOT-*'], reason: 'None.' }],
    });

  it('begins with a file that init writes and that works unchanged', async () => {
    const file = join(folder, 'leadgrid.config.mjs');
    const wrote = await callCommand(['init', file]);
    expect(wrote).toMatchObject({ code: 0, err: '' });
    expect(wrote.out).toContain(`leadgrid-conformance doctor --config ${file}`);
    const again = await callCommand(['init', file]);
    expect(again.code).toBe(2);
    expect(again.err).toContain('exists already');
    await expect(callCommand(['init', file, '--force'])).resolves.toMatchObject({ code: 0 });
    const config = write('mine.mjs', readFileSync(file, 'utf8').replace(/http:[^']+/, server.url));
    const { code, out } = await callCommand(['doctor', '--config', config], environment);
    expect(out).toContain('LEADGRID_KEY has dossiers:read');
    expect(code).toBe(3);
  });

  it('refuses to write comments into a format without comments', async () => {
    const { code, err } = await callCommand(['init', join(folder, 'leadgrid.json')]);
    expect(code).toBe(2);
    expect(err).toContain('cannot contain comments');
  });

  it.each(['typed.ts', 'typed.mts'])('accepts a typed module in TypeScript: %s', async (file) => {
    const config = write(
      file,
      `import { defineTarget } from '${new URL('../index.ts', import.meta.url).href}';
       export default defineTarget({ target: '${server.url}' as string });`,
    );
    const { code, out, err } = await callCommand(['doctor', '--config', config], environment);
    expect(out, err).toContain(`${server.url} responds`);
    expect(code).toBe(3);
  });

  it('reports what each key may do, and what would unlock the rest', async () => {
    const { LEADGRID_KEY = '' } = environment;
    const byScopes = [{ scopes: ['flows:read'], key: 'LEADGRID_FLOWS_KEY' }];
    const config = write('keys.json', described({ keys: { byScopes } }));
    const { code, out } = await callCommand(['doctor', '--config', config], environment);
    expect(out).toContain('LEADGRID_FLOWS_KEY can read with flows:read');
    expect(out).toContain('LEADGRID_EXPIRED_KEY gets 401, as an expired key should.');
    expect(out).toContain('LEADGRID_FREE_PLAN_KEY gets 402');
    expect(out).toContain('LEADGRID_SECOND_KEY reads another organisation.');
    expect(out).toMatch(/The limit is \d+ requests/);
    expect(out).toContain('under keys.byScopes: none; dossiers:read;');
    expect(out).not.toContain(LEADGRID_KEY);
    expect(code).toBe(3);
  });

  it('sends a webhook to itself when the user created the endpoint', async () => {
    const listen = { port: await freePort() };
    const config = write(
      'hooks.json',
      described({ webhook: { listen, secret: 'LEADGRID_HOOK_SECRET' } }),
    );
    const { out } = await callCommand(['doctor', '--config', config], {
      ...environment,
      LEADGRID_HOOK_SECRET: 'whsec_abcdef0123456789',
    });
    expect(out).toContain(`A request to http://127.0.0.1:${String(listen.port)} arrives here.`);
    expect(out).not.toContain('whsec_abcdef');
  });

  it("finds a key that isn't as described", async () => {
    const config = write('wrong.json', described({ keys: { expired: 'LEADGRID_KEY' } }));
    const { code, out } = await callCommand(['doctor', '--config', config], environment);
    expect(out).toContain('fail  LEADGRID_KEY gets 200; an expired key should get 401.');
    expect(code).toBe(2);
  });

  it('reports that the target does not respond', async () => {
    const target = `http://127.0.0.1:${String(await freePort())}/api/v1`;
    const { code, out } = await callCommand(['doctor', '--target', target], environment);
    expect(out).toContain(`No response from ${target}: nothing listens at this port`);
    expect(code).toBe(4);
  });

  it('starts a server, tests it, and leaves nothing running', async () => {
    const port = String(await freePort());
    const base = `http://127.0.0.1:${port}`;
    const start = `${process.execPath} ${root('reference-server/leadgrid-mock.js')} --port ${port} --empty`;
    const control = { url: `${base}/control/v1` };
    const config = write(
      'start.json',
      JSON.stringify({ target: `${base}/api/v1`, control, start }),
    );
    const report = join(folder, 'report.json');
    const words = ['--only', 'authentication/missing-key', '--report', `json:${report}`];
    const result = await callCommand(['run', '--config', config, ...words]);
    const { rules } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const judged = rules.find(({ id }) => id === 'authentication/missing-key');
    expect(judged?.outcome, result.err).toBe('passed');
    await expect(fetch(base)).rejects.toThrow();
  });

  it("shows the output of a server that doesn't start", async () => {
    const target = `http://127.0.0.1:${String(await freePort())}/api/v1`;
    const flags = ['--target', target, '--start', 'echo No database. >&2; exit 5'];
    const { code, err } = await callCommand(['doctor', ...flags], environment);
    expect(code).toBe(4);
    expect(err).toMatch(
      /ended with exit code 5 before it responded .* Its last output:\n {2}No database\./,
    );
  });

  it('verifies what keys by scope allow, and lists missing ones', async () => {
    const byScopes = [{ scopes: [], key: 'LEADGRID_NO_SCOPE_KEY' }];
    const config = write('partial.json', described({ keys: { byScopes } }));
    const report = join(folder, 'partial-report.json');
    const words = ['--only', 'scopes/other-scopes', '--report', `json:${report}`];
    await callCommand(['run', '--config', config, ...words], environment);
    const { rules } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const judged = rules.find(({ id }) => id === 'scopes/other-scopes');
    expect(judged).toMatchObject({ outcome: 'not-verified' });
    expect(judged?.reason).toMatch(
      /a key with exactly the scope \S+ \(keys\.byScopes of --config\)/,
    );
  });
});

/** Keys as a user creates them under Settings, by variable. */
const makeKeys = async (controlUrl: string): Promise<Record<string, string>> => {
  const post = async (path: string, body: unknown) => {
    const response = await fetch(controlUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ((await response.json()) as { data: { id: string; key: string } }).data;
  };
  const organization = async (plan: string) => (await post('/organizations', { plan })).id;
  const key = async (of: string, held = scopes, expires_at: string | null = null) =>
    (await post(`/organizations/${of}/keys`, { scopes: held, expires_at })).key;
  const org = await organization('growth');
  return {
    LEADGRID_KEY: await key(org),
    LEADGRID_EXPIRED_KEY: await key(org, scopes, '2020-01-01T00:00:00Z'),
    LEADGRID_FLOWS_KEY: await key(org, ['flows:read']),
    LEADGRID_NO_SCOPE_KEY: await key(org, []),
    LEADGRID_FREE_PLAN_KEY: await key(await organization('free')),
    LEADGRID_SECOND_KEY: await key(await organization('growth')),
  };
};

const freePort = async (): Promise<number> => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
};
