import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../report/report.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { callCommand } from './call-command.ts';
import { provision } from './provision.ts';

describe('leadgrid-conformance run', { timeout: 240_000 }, () => {
  let folder: string;
  let server: EmbeddedServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    server = await startReferenceServer();
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const judge = async (flags: readonly string[], environment?: Record<string, string>) => {
    const file = join(folder, 'report.json');
    const reports = ['--report', 'pretty', '--report', `json:${file}`];
    const result = await callCommand(
      [...flags, ...reports, '--seed', '7', '--profile', 'smoke'],
      environment,
    );
    return { ...result, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
  };

  it('reports another target with a control API as conformant, and leaves nothing behind', async () => {
    const { code, out, report } = await judge([
      ...['--target', server.url, '--control', server.controlUrl, '--only', 'notes,webhooks'],
    ]);
    expect(code, out).toBe(0);
    expect(report.verdict).toBe('conformant');
    expect(report.counts.rules).toMatchObject({ failed: 0, error: 0, 'not-verified': 0 });
    expect(report.counts.rules.passed).toBeGreaterThan(50);
    expect(report.target.remains).toBeNull();
  });

  it('reports a wrong key or base URL as a mistake in the configuration', async () => {
    const wrongKey = await callCommand(['--target', server.url], {
      LEADGRID_KEY: 'lg_live_wrong_00001',
    });
    expect(wrongKey).toMatchObject({ code: 2, out: '' });
    expect(wrongKey.err).toContain('refuses the key with 401');
    const key = await provision(server.controlUrl);
    const wrongUrl = await callCommand(['--target', `${server.url}/v2`], { LEADGRID_KEY: key });
    expect(wrongUrl).toMatchObject({ code: 2, out: '' });
    expect(wrongUrl.err).toContain(`Set --target to ${server.url}, which accepts the key.`);
  });

  it('verifies what one key allows, and lists the rest', async () => {
    const made = await provision(server.controlUrl);
    const some = ['--only', 'authentication,notes'];
    const environment = { LEADGRID_KEY: made };
    const { out, report } = await judge(['--target', server.url, ...some], environment);
    const states = new Map(report.rules.map(({ id, outcome }) => [id, outcome]));
    expect(states.get('authentication/other-scheme'), out).toBe('passed');
    expect(states.get('authentication/expired-key')).toBe('not-verified');
    expect(out).toContain('LEADGRID_EXPIRED_KEY');
    expect(out).not.toContain(made);
    expect(report.target.remains).toMatch(/createDossier \(\d+\)/);
  });
});
