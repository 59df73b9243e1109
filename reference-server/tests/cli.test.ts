import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '..', 'cli.ts');

const run = (args: readonly string[], environment: Record<string, string> = {}) =>
  spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    env: { ...process.env, ...environment },
  });

interface Ending {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const ending = async (child: ChildProcessWithoutNullStreams): Promise<Ending> => {
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
};

/** Waits for the line that tells the addresses. */
const started = async (child: ChildProcessWithoutNullStreams) => {
  const line = String((await once(child.stdout, 'data'))[0]);
  const found = /^LeadGrid reference server listening at (\S+) \(control: (\S+)\)\n$/.exec(line);
  return { line, url: found?.[1] ?? '', control: found?.[2] ?? '' };
};

describe('The command line', () => {
  it('starts a server, says where in one line, and ends with 0 on each signal', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const child = run(['--port', '0', '--self-check']);
      const end = ending(child);
      const { url, control } = await started(child);
      expect(control).toBe(`${new URL(url).origin}/control/v1`);
      expect((await fetch(`${control}/capabilities`)).status).toBe(200);
      expect((await fetch(`${url}/dossiers`)).status).toBe(401);
      child.kill(signal);
      expect(await end).toMatchObject({ code: 0, err: '' });
    }
  });

  it('serves no control API when told so', async () => {
    const child = run(['--port', '0', '--no-control']);
    const end = ending(child);
    const { url, control } = await started(child);
    expect(control).toBe('off');
    expect((await fetch(`${new URL(url).origin}/control/v1/capabilities`)).status).toBe(404);
    child.kill('SIGTERM');
    expect((await end).code).toBe(0);
  });

  it('takes the control token from the environment', async () => {
    const child = run(['--port', '0'], { LEADGRID_CONTROL_TOKEN: 'secret' });
    const end = ending(child);
    const { control } = await started(child);
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${control}/capabilities`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ Authorization: 'Bearer secret' })).toBe(200);
    child.kill('SIGTERM');
    await end;
  });

  it('ends when whoever started it goes away, if asked to', async () => {
    const child = run(['--port', '0', '--exit-with-parent']);
    const end = ending(child);
    await started(child);
    child.stdin.end();
    expect((await end).code).toBe(0);
  });

  it('says how it is used', async () => {
    const { code, out, err } = await ending(run(['--help']));
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('--port <number>');
    expect(out).toContain('LEADGRID_CONTROL_TOKEN');
  });

  it('says in one line that a port is in use', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const port = String((holder.address() as AddressInfo).port);
    const { code, out, err } = await ending(run(['--port', port]));
    holder.close();
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      `Port ${port} is in use. Stop what uses it, or choose another with --port (0: free).\n`,
    );
  });

  const wrong: [string[], RegExp, Record<string, string>?][] = [
    [['--prot', '1'], /^unknown option '--prot' .*see --help\.\n$/],
    [['--port'], /^option '--port <number>' argument missing; see --help\.\n$/],
    [['--port', 'http'], /^--port must be a number from 0 to 65535, not "http"\.\n$/],
    [['--port', '65536'], /^--port must be/],
    [['--port', '-1'], /^--port must be|argument missing/],
    [['serve'], /^too many arguments.*\n$/],
    [['--host', '192.0.2.1'], /^192\.0\.2\.1 is no address of this machine\..*\n$/],
    [['--host', 'no such host'], /^no such host is no address of this machine\..*\n$/],
    [[], /^LEADGRID_CONTROL_TOKEN must be a word/, { LEADGRID_CONTROL_TOKEN: '' }],
  ];
  for (const [args, message, environment] of wrong) {
    it(`refuses "${args.join(' ')}" in one line`, async () => {
      const { code, out, err } = await ending(run(args, environment));
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(message);
      expect(err.trimEnd()).not.toContain('\n');
    });
  }
});
