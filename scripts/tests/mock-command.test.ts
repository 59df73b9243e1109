import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runMock } from './mock-process.ts';

const withBusyPort = async (test: (port: number) => Promise<void>): Promise<void> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await test((server.address() as AddressInfo).port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
};

/** Expects one line, exit code 2 and no stack trace. */
const expectRefusal = async (options: string[], line: RegExp): Promise<void> => {
  const { exitCode, output } = await runMock(...options).ended;
  expect(output).toMatch(line);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(exitCode).toBe(2);
};

describe('The mock command', () => {
  it('names a port that is in use.', () =>
    withBusyPort((port) =>
      expectRefusal(['--port', String(port)], new RegExp(`^mock: 127.0.0.1:${port} .*in use`)),
    ));

  it('names an unknown option.', () =>
    expectRefusal(['--prot', '4010'], /^mock: unknown option '--prot'/));

  it('names an invalid port.', () =>
    expectRefusal(['--port', 'http'], /^mock: .*'http' is invalid.*whole number/));

  it('names a missing bundle and how to generate it.', () =>
    expectRefusal(
      ['--bundle', 'nowhere.json'],
      /^mock: there is no bundle at nowhere\.json.*generate/,
    ));

  it('names a bundle that is not JSON.', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-'));
    const bundle = join(folder, 'broken.json');
    await writeFile(bundle, '{');
    await expectRefusal(['--bundle', bundle], /^mock: .*broken\.json is not a bundle.*generate/);
    await rm(folder, { recursive: true });
  });

  it('prints its URL and how to call it, and ends after Ctrl-C.', async () => {
    const mock = runMock('--port', '0');
    const baseUrl = await mock.baseUrl;
    const key = { headers: { Authorization: 'Bearer any' } };
    expect((await fetch(`${baseUrl}/dossiers`, key)).status).toBe(200);
    mock.interrupt();
    const { exitCode, output } = await mock.ended;
    expect(exitCode).toBe(0);
    expect(output).toMatch(
      /^Mock at http:\/\/127\.0\.0\.1:\d+ .*curl -H 'Authorization: Bearer \S+' http/,
    );
    await expect(fetch(`${baseUrl}/dossiers`, key)).rejects.toThrow();
  });
});
