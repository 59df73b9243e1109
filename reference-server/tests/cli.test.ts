import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readOptions } from '../config.ts';
import { UsageError } from '../runtime/errors.ts';
import { ending, run, started } from './cli-command.ts';

describe('The command line', () => {
  it('starts a server, prints its URL in the first line, and exits with 0 on each signal', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const { child, end, url, control, text } = await started(
        run(['--port', '0', '--self-check']),
      );
      expect(text.split('\n')[0]).toBe(
        `LeadGrid reference server listening at ${url} (control: ${control})`,
      );
      expect(control).toBe(`${new URL(url).origin}/control/v1`);
      expect((await fetch(`${control}/capabilities`)).status).toBe(200);
      expect((await fetch(`${url}/dossiers`)).status).toBe(401);
      child.kill(signal);
      expect(await end).toMatchObject({ code: 0, err: '', out: text });
    }
  });

  it('serves no control API with --no-control', async () => {
    const { child, end, url, control } = await started(run(['--port', '0', '--no-control']));
    expect(control).toBe('off');
    expect((await fetch(`${new URL(url).origin}/control/v1/capabilities`)).status).toBe(404);
    child.kill('SIGTERM');
    expect((await end).code).toBe(0);
  });

  it('reads the control token from the environment', async () => {
    const command = run(['--port', '0'], { LEADGRID_CONTROL_TOKEN: 'secret' });
    const { child, end, control } = await started(command);
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${control}/capabilities`, { headers })).status;
    expect(await status({})).toBe(401);
    expect(await status({ Authorization: 'Bearer secret' })).toBe(200);
    child.kill('SIGTERM');
    await end;
  });

  it('exits when standard input is closed, with --exit-with-parent', async () => {
    const { child, end } = await started(run(['--port', '0', '--exit-with-parent']));
    child.stdin.end();
    expect((await end).code).toBe(0);
  });

  it('prints addresses that can be called, for every host that it listens on', async () => {
    for (const [host, name] of [
      ['0.0.0.0', '127.0.0.1'],
      ['localhost', 'localhost'],
      ['::1', '[::1]'],
      ['[::1]', '[::1]'],
      ['::', '[::1]'],
    ] as const) {
      const { child, end, url, control } = await started(run(['--port', '0', '--host', host]));
      expect(new URL(url).hostname).toBe(name);
      expect((await fetch(`${url}/flows`)).status).toBe(401);
      expect((await fetch(`${control}/capabilities`)).status).toBe(200);
      child.kill('SIGTERM');
      await end;
    }
  });

  it('prints its usage', async () => {
    const { code, out, err } = await ending(run(['--help']));
    expect([code, err]).toEqual([0, '']);
    for (const option of ['port', 'host', 'db', 'seed', 'empty', 'rate-limit', 'delay', 'log']) {
      expect(out).toContain(`--${option}`);
    }
    expect(out).toContain('LEADGRID_CONTROL_TOKEN');
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('reports in one line that a port is in use', async () => {
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
    [['serve'], /^too many arguments.*\n$/],
    [['--host', '192.0.2.1'], /^192\.0\.2\.1 is not an address of this machine\..*\n$/],
    [
      ['--host', 'no-such-host.invalid'],
      /^no-such-host\.invalid is not an address of this machine/,
    ],
    [['--host', ''], /^--host must be a name or an address of this machine.*, not ""\.\n$/],
    [['--db', tmpdir()], /Name a file with --db/],
    [[], /^LEADGRID_CONTROL_TOKEN must be 1 to 1024/, { LEADGRID_CONTROL_TOKEN: '' }],
    [
      ['--rate-limit', '1000000001'],
      /^--rate-limit is out of range: requests must be at most 1000000000\.\n$/,
    ],
    [
      ['--rate-limit', '5/31536000.5'],
      /^--rate-limit is out of range: window_seconds must be at most 31536000\.\n$/,
    ],
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

describe('The options', () => {
  const read = (args: readonly string[], environment: Record<string, string> = {}) =>
    readOptions(['node', 'leadgrid-mock', ...args], environment);

  it('default to a server with demo data on this machine only', () => {
    expect(read([])).toEqual({
      config: {
        ...{ port: 4020, host: '127.0.0.1', control: true, selfCheck: false, delay: 0, seed: 1 },
      },
      log: false,
      exitWithParent: false,
    });
  });

  it('are parsed', () => {
    const config = (...args: string[]) => read(args).config;
    expect(config('--port', '0')).toMatchObject({ port: 0 });
    expect(config('--host', '[::1]')).toMatchObject({ host: '::1' });
    expect(config('--host', 'my-laptop.local')).toMatchObject({ host: 'my-laptop.local' });
    expect(config('--db', 'a b.db')).toMatchObject({ db: 'a b.db', seed: 1 });
    expect(config('--seed', '0')).toMatchObject({ seed: 0 });
    expect(config('--empty')).not.toHaveProperty('seed');
    expect(config('--rate-limit', '5')).toMatchObject({ rateLimit: { requests: 5 } });
    expect(config('--rate-limit', '5/0.5')).toMatchObject({
      rateLimit: { requests: 5, windowSeconds: 0.5 },
    });
    expect(config('--delay', '60000')).toMatchObject({ delay: 60_000 });
    expect(config('--no-control', '--self-check')).toMatchObject({
      control: false,
      selfCheck: true,
    });
    expect(read(['--log', '--exit-with-parent'])).toMatchObject({
      log: true,
      exitWithParent: true,
    });
    expect(read([], { LEADGRID_CONTROL_TOKEN: 'x' }).config).toMatchObject({ controlToken: 'x' });
  });

  const wrong: [string[], RegExp][] = [
    [['--port', '65536'], /^--port must be a number from 0 to 65535, not "65536"\.$/],
    [['--port=-1'], /^--port must be/],
    [['--port='], /^--port must be/],
    [['--host', 'http://x'], /^--host must be a name or an address/],
    [['--host', 'fe80::1%lo'], /^--host must be a name or an address/],
    [['--host', 'no such host'], /^--host must be a name or an address/],
    [['--db', ' '], /^--db must be a file name, such as leadgrid\.db\.$/],
    [['--seed', 'x'], /^--seed must be a whole number of at most 15 digits, not "x"\.$/],
    [['--seed=-1'], /^--seed must be/],
    [['--seed', '1'.repeat(16)], /^--seed must be/],
    [['--empty', '--seed', '1'], /^--empty creates no demo data, so --seed has no effect\./],
    [['--rate-limit', '0'], /^--rate-limit must be a number of requests.*, not "0"\.$/],
    [['--rate-limit', '5/0'], /^--rate-limit must be/],
    [['--rate-limit', '5/'], /^--rate-limit must be/],
    [['--rate-limit', '1.5'], /^--rate-limit must be/],
    [['--rate-limit', '5/1/1'], /^--rate-limit must be/],
    [['--rate-limit', '1e9'], /^--rate-limit must be/],
    [['--rate-limit', '9'.repeat(40)], /^--rate-limit must be/],
    [['--rate-limit', `5/${'9'.repeat(40)}`], /^--rate-limit must be/],
    [['--rate-limit', `5/0.${'0'.repeat(40)}1`], /^--rate-limit must be/],
    [['--port', '9'.repeat(40)], /^--port must be/],
    [['--delay', '1e3'], /^--delay must be/],
    [['--delay', 'long'], /^--delay must be a number of milliseconds from 0 to 60000, not "long"/],
    [['--delay', '60001'], /^--delay must be/],
    [['--delay', '1.5'], /^--delay must be/],
  ];
  for (const [args, message] of wrong) {
    it(`refuse "${args.join(' ')}"`, () => {
      expect(() => read(args)).toThrow(UsageError);
      expect(() => read(args)).toThrow(message);
    });
  }

  it('refuse a control token that a header cannot contain', () => {
    for (const token of ['', 'a b', 'geheim€', 'é', 'a\u0000', 'a\n', 'x'.repeat(1025)]) {
      expect(() => read([], { LEADGRID_CONTROL_TOKEN: token })).toThrow(
        /^LEADGRID_CONTROL_TOKEN must be 1 to 1024 printable ASCII characters without spaces/,
      );
    }
    const longest = '~!'.repeat(512);
    expect(read([], { LEADGRID_CONTROL_TOKEN: longest }).config.controlToken).toBe(longest);
  });
});
