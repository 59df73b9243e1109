import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, started, type Started } from './cli-command.ts';
import { open, raw } from './raw.ts';

const status = async ({ url }: Started): Promise<number> => (await fetch(`${url}/flows`)).status;

describe('The process of a server', () => {
  it('survives CONNECT requests that are reset or kept open, and ends on each signal', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const server = await started(run(['--port', '0', '--empty']));
      const connections = await Promise.all(
        Array.from({ length: 10 }, async (_, at) => {
          const connection = await open(server.url);
          const upgrade = { Connection: 'upgrade', Upgrade: 'websocket' };
          connection.send(
            at % 2 ? 'CONNECT a:1 HTTP/1.1\r\n\r\n' : raw('GET', `${server.url}/flows`, upgrade),
          );
          await connection.waitForText('"message"');
          return connection;
        }),
      );
      for (const { socket } of connections.slice(0, 6)) socket.resetAndDestroy();
      expect(await status(server)).toBe(401);
      const late = await open(server.url);
      late.send('CONNECT b:1 HTTP/1.1\r\n\r\n');
      await late.waitForText('"message"');
      const began = performance.now();
      server.child.kill(signal);
      expect(await server.end).toMatchObject({ code: 0, err: '' });
      expect(performance.now() - began).toBeLessThan(4000);
      for (const { socket } of [...connections, late]) socket.destroy();
    }
  });

  it('keeps running with its data after an uncaught error', async () => {
    const fault =
      'process.on("SIGUSR2", () => { Promise.reject(7); throw new Error("planned\\nfault"); })';
    const preload = `--import=data:text/javascript,${encodeURIComponent(fault)}`;
    const server = await started(run(['--port', '0', '--empty'], { NODE_OPTIONS: preload }));
    const made = await fetch(`${server.control}/organizations`, {
      ...{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' },
    });
    const { data } = (await made.json()) as { data: { id: string } };
    server.child.kill('SIGUSR2');
    let said = '';
    server.child.stderr.on('data', (text: string) => (said += text));
    await expect.poll(() => said.split('\n').length, { timeout: 5000 }).toBe(3);
    const kept = await fetch(`${server.control}/organizations/${data.id}/deliveries`);
    expect(kept.status).toBe(200);
    server.child.kill('SIGTERM');
    const { code, err } = await server.end;
    expect(code).toBe(0);
    const lines = err.split('\n');
    expect(lines).toEqual([
      expect.stringMatching(/^Internal error, please report it: Error: planned fault \(at .*\)\. /),
      expect.stringMatching(/^Internal error, please report it.*"7"/),
      '',
    ]);
  });
});

describe('A server with few descriptors', () => {
  it('is reachable again soon after clients left hundreds of connections half open', async () => {
    const cli = join(import.meta.dirname, '..', 'cli.ts');
    const command = `ulimit -n 256 && exec "${process.execPath}" --import tsx "${cli}" --port 0 --empty`;
    const server = await started(spawn('sh', ['-c', command]));
    const requests = ['nonsense\r\n\r\n', 'CONNECT a:1 HTTP/1.1\r\n\r\n'];
    const connections = await Promise.all(
      Array.from({ length: 350 }, async (_, at) => {
        const connection = await open(server.url);
        connection.send(requests[at % 2] ?? '');
        await connection.end();
        return connection;
      }),
    );
    const reached = () => status(server).catch(() => 'out of reach');
    await expect.poll(reached, { timeout: 5000 }).toBe(401);
    server.child.kill('SIGTERM');
    expect(await server.end).toMatchObject({ code: 0, err: '' });
    for (const { socket } of connections) socket.destroy();
  });
});
