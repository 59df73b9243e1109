import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServer, type StartOptions } from '../targets/start.ts';

/** Serves, prints its port, and ignores SIGTERM if asked to. */
const server = `
import { createServer } from 'node:http';
import { writeFileSync } from 'node:fs';
const [, , port, file, stubborn] = process.argv;
if (stubborn) process.on('SIGTERM', () => undefined);
console.log('listening');
createServer((request, response) => {
  if (request.url === '/die') process.kill(process.pid, 'SIGKILL');
  response.writeHead(404, { connection: 'close' }).end();
}).listen(Number(port), '127.0.0.1', function () {
  writeFileSync(file, String(this.address().port));
});
`;

describe('a server that the suite starts', () => {
  let folder: string;
  let port: number;
  let warnings: string[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'start-'));
    writeFileSync(join(folder, 'server.mjs'), server);
    port = await freePort();
    warnings = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const options = (command: string): StartOptions => ({
    ...{ command, url: `http://127.0.0.1:${String(port)}/api`, now: Date.now, grace: 2_000 },
    fetch: (request, signal) => fetch(request, signal ? { signal } : {}),
    sleep: (time) => sleep(time),
    interruption: new AbortController().signal,
    warn: (text) => void warnings.push(text),
  });
  const serve = (...flags: string[]): string =>
    [process.execPath, `${folder}/server.mjs`, String(port), `${folder}/port`, ...flags].join(' ');
  const call = (path = ''): Promise<Response> =>
    fetch(`http://127.0.0.1:${readFileSync(join(folder, 'port'), 'utf8')}/${path}`);
  const isRunning = (): Promise<boolean> =>
    call().then(
      () => true,
      () => false,
    );

  it('responds once it is started, and is gone once it is stopped', async () => {
    const stop = await startServer(options(serve()));
    expect(await isRunning()).toBe(true);
    await stop();
    expect(await isRunning()).toBe(false);
    expect(warnings).toEqual([]);
  });

  it('is stopped with all its child processes', async () => {
    const stop = await startServer(options(`sh -c "${serve()} & wait" & wait`));
    expect(await isRunning()).toBe(true);
    await stop();
    expect(await isRunning()).toBe(false);
  });

  it("is killed when it doesn't stop on request", async () => {
    const stop = await startServer({ ...options(serve('stubborn')), grace: 1 });
    await stop();
    expect(await isRunning()).toBe(false);
  });

  it('that ends early is reported with its exit code and output', async () => {
    const failing = startServer(options('echo one; echo two >&2; exit 3'));
    await expect(failing).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/ended with exit code 3 before it responded/) as string,
    });
    await expect(failing).rejects.toThrow('two');
  });

  it('that never responds is reported and stopped', async () => {
    const elsewhere = serve().replace(String(port), '0');
    const up = () => existsSync(join(folder, 'port'));
    // The time is over as soon as it listens, at another port.
    const hurried = { ...options(elsewhere), now: () => (up() ? 60_000 : 0) };
    await expect(startServer(hurried)).rejects.toThrow(
      /^There was no response from .* within 60 s of/,
    );
    expect(await isRunning()).toBe(false);
  });

  it('that is not ready yet is waited for', async () => {
    const statuses = [undefined, 503, 502, 404];
    const answer = () => {
      const status = statuses.shift();
      if (status === undefined) return Promise.reject(new Error('refused'));
      return Promise.resolve(new Response(null, { status }));
    };
    const stop = await startServer({ ...options('sleep 60'), fetch: answer });
    expect(statuses).toEqual([]);
    await stop();
  });

  it('is not started where something responds already', async () => {
    const stop = await startServer(options(serve()));
    await expect(startServer(options('true'))).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('A server responds at') as string,
    });
    await stop();
  });

  it('is stopped when the run is interrupted during the start', async () => {
    const controller = new AbortController();
    const starting = startServer({
      ...options(serve().replace(String(port), '0')),
      interruption: controller.signal,
      sleep: async () => {
        await sleep(10);
        if (!existsSync(join(folder, 'port'))) return;
        controller.abort();
        throw new Error('aborted');
      },
    });
    await expect(starting).rejects.toThrow('The run was interrupted.');
    expect(await isRunning()).toBe(false);
  });

  it('ends with the suite even when the suite is killed', async () => {
    const suite = `
      import { startServer } from '${new URL('../targets/start.ts', import.meta.url).href}';
      await startServer({
        command: ${JSON.stringify(serve())},
        url: 'http://127.0.0.1:${String(port)}/api',
        fetch,
        now: Date.now,
        sleep: (time) => new Promise((resolve) => setTimeout(resolve, time)),
        interruption: new AbortController().signal,
        tell: () => undefined,
      });
      console.log('up');
    `;
    writeFileSync(join(folder, 'suite.mjs'), suite);
    const child = spawn(process.execPath, ['--import', 'tsx', join(folder, 'suite.mjs')], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(await isRunning()).toBe(true);
    child.kill('SIGKILL');
    await expect.poll(isRunning).toBe(false);
  });

  it('that ends during the run is reported', async () => {
    const stop = await startServer(options(serve()));
    await expect(call('die')).rejects.toThrow();
    await expect.poll(() => warnings.join('')).toContain('before it was stopped. Its last output:');
    await stop();
  });
});

const freePort = async (): Promise<number> => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
};
