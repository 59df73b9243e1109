import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyProxy, startFaultyProxy } from '../faults/faulty-proxy.ts';
import type { Fault } from '../faults/inject.ts';
import type { Report } from '../report/report.ts';
import { type EmbeddedServer, startReferenceServer } from '../targets/start.ts';
import { reporters } from '../reporters/formats.ts';
import { provision } from './provision.ts';

const cli = fileURLToPath(new URL('../leadgrid-conformance.js', import.meta.url));

/** Two seconds, and what a busy machine adds. */
const soon = 3_500;

/** Never answers these requests. */
const hanging =
  (isMeant: (request: Request) => boolean = () => true): Fault =>
  (send) =>
  (request) =>
    isMeant(request) ? new Promise(() => undefined) : send(request);

let folder: string;
let server: EmbeddedServer;
let proxy: FaultyProxy;
let control: FaultyProxy;
beforeAll(async () => {
  server = await startReferenceServer();
  proxy = await startFaultyProxy(server.url);
  control = await startFaultyProxy(server.controlUrl);
});
afterAll(async () => {
  await proxy.close();
  await control.close();
  await server.close();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeline-'));
  proxy.inject(undefined);
  control.inject(undefined);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Starts the command as a user would, with reports of all formats in files. */
const start = (flags: readonly string[], keys: Readonly<Record<string, string>> = {}) => {
  const files = Object.keys(reporters).flatMap((format) => [
    '--report',
    `${format}:${folder}/report.${format}`,
  ]);
  const { PATH } = process.env;
  const child = spawn(process.execPath, [cli, ...flags, ...files], {
    env: { PATH, ...keys },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const all = { out: text(child.stdout), err: text(child.stderr) };
  const exit = once(child, 'exit');
  return { child, ...all, exit };
};

/** Resolves when the standard error has this text. */
const printed = (child: ChildProcess, wanted: string): Promise<void> =>
  new Promise((resolve) => {
    let seen = '';
    child.stderr?.on('data', (piece: Buffer) => {
      seen += piece.toString();
      if (seen.includes(wanted)) resolve();
    });
  });

const pause = (milliseconds: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** Ends the command by a signal, and measures how long that takes. */
const end = async ({ child, err, exit }: ReturnType<typeof start>, signal: NodeJS.Signals) => {
  const sent = performance.now();
  child.kill(signal);
  await exit;
  return { code: child.exitCode, err: await err, took: performance.now() - sent };
};

const reportIn = () => JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;

/** Each report is there and whole. */
const requireReports = (): Report => {
  const read = (format: string) => readFileSync(join(folder, `report.${format}`), 'utf8');
  expect(read('junit').trimEnd()).toMatch(/<\/testsuites>$/);
  for (const format of ['har', 'ctrf', 'codequality']) {
    expect(() => JSON.parse(read(format)) as unknown).not.toThrow();
  }
  for (const format of Object.keys(reporters)) expect(read(format)).toMatch(/\n$/);
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  return reportIn();
};

const target = () => ['--target', proxy.url, '--control', control.url];

/** A configuration with these functions; what isn't there is left out. */
const configured = (functions: string): string[] => {
  const file = join(folder, 'target.config.mjs');
  const whole = `export default { target: ${JSON.stringify(proxy.url)}, provision: { ${functions} } };`;
  writeFileSync(file, whole);
  return ['--config', file];
};

describe('an interrupted run', { timeout: 60_000 }, () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends soon after %s at a target that stopped answering, with all reports',
    async (signal) => {
      const run = start([...target(), '--seed', '1']);
      await printed(run.child, 'That takes about');
      await pause(1_000);
      proxy.inject(hanging());
      await pause(300);
      const { code, err, took } = await end(run, signal);
      expect(code, err).toBe(3);
      expect(took).toBeLessThan(soon);
      expect(err).toContain('Interrupted. The report will contain what is known so far.');
      const report = requireReports();
      expect(report).toMatchObject({
        ...{ verdict: 'incomplete', endedEarly: 'The run was interrupted.', breakdown: null },
      });
      expect(report.counts.rules.passed).toBeGreaterThan(0);
      expect(report.counts.rules.error).toBe(0);
    },
  );

  it('ends soon when the target never answered, with a breakdown in place of the old report', async () => {
    writeFileSync(join(folder, 'report.json'), '{"verdict":"conformant"}');
    proxy.inject(hanging());
    const run = start(target());
    await pause(2_500);
    const { code, err, took } = await end(run, 'SIGTERM');
    expect(code, err).toBe(4);
    expect(took).toBeLessThan(soon);
    expect(requireReports()).toMatchObject({
      ...{ verdict: null, breakdown: { exitCode: 4 } },
    });
  });

  it('ends soon when its organisations cannot be released, and says which are left', async () => {
    control.inject(hanging(({ method }) => method === 'DELETE'));
    const run = start([...target(), '--seed', '1']);
    await printed(run.child, 'That takes about');
    await pause(1_500);
    const { code, err, took } = await end(run, 'SIGINT');
    expect(code, err).toBe(3);
    expect(took).toBeLessThan(soon);
    expect(requireReports().target.remains).toMatch(/organisations of rules that were interrupted/);
  });

  it('ends soon when a function of the configuration never resolves', async () => {
    const functions =
      'createOrganization: () => { console.error("called"); return new Promise((resolve) => setTimeout(resolve, 1e8)); }, createKey: () => "k"';
    const run = start([...configured(functions), '--only', 'flows']);
    await printed(run.child, 'called');
    const { code, err, took } = await end(run, 'SIGINT');
    expect(code, err).toBe(4);
    expect(took).toBeLessThan(soon);
    const message = 'The run was interrupted before it began.';
    expect(requireReports().breakdown).toEqual({ message, exitCode: 4 });
  });

  it('ends soon when a function hangs before the first rule', async () => {
    const functions = 'members: () => new Promise((resolve) => setTimeout(resolve, 1e8))';
    const LEADGRID_KEY = await provision(server.controlUrl);
    const run = start([...configured(functions), '--only', 'flows', '--read-only'], {
      LEADGRID_KEY,
    });
    await printed(run.child, 'Testing');
    await pause(500);
    const { code, err, took } = await end(run, 'SIGINT');
    expect(code, err).toBe(3);
    expect(took).toBeLessThan(soon);
    requireReports();
  });

  it('ends soon when the server of --start ignores SIGTERM, and with it', async () => {
    const port = await freePort();
    const file = join(folder, 'server.mjs');
    writeFileSync(
      file,
      `import { createServer } from 'node:http';
      process.on('SIGTERM', () => undefined);
      createServer(({ headers }, response) => response
        .writeHead(headers.authorization ? 200 : 401, { 'content-type': 'application/json' })
        .end('{"data":[],"meta":{"total":0,"page":1,"per_page":25}}')).listen(${port}, '127.0.0.1');`,
    );
    const url = `http://127.0.0.1:${port}`;
    const flags = ['--target', url, '--control', control.url];
    const run = start([...flags, '--start', `${process.execPath} ${file}`, '--only', 'webhooks']);
    await printed(run.child, 'Testing');
    const { code, err, took } = await end(run, 'SIGINT');
    expect([1, 3], err).toContain(code);
    expect(took).toBeLessThan(soon);
    requireReports();
    await expect.poll(() => isListening(port)).toBe(false);
  });

  it('ends soon when somebody keeps a connection to its sink open', async () => {
    const port = await freePort();
    const file = join(folder, 'target.config.mjs');
    const described = { target: proxy.url, control: { url: control.url } };
    const webhook = { listen: { host: '127.0.0.1', port } };
    writeFileSync(file, `export default ${JSON.stringify({ ...described, webhook })};`);
    const run = start(['--config', file, '--seed', '1']);
    await printed(run.child, 'That takes about');
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST / HTTP/1.1\r\nhost: sink\r\ncontent-length: 1000\r\n\r\nhalf');
    await pause(500);
    const { code, err, took } = await end(run, 'SIGINT');
    socket.destroy();
    expect(code, err).toBe(3);
    expect(took).toBeLessThan(soon);
  });

  it('ends at once after a second signal', async () => {
    control.inject(hanging(({ method }) => method === 'DELETE'));
    const run = start([...target(), '--seed', '1']);
    await printed(run.child, 'That takes about');
    await pause(1_000);
    run.child.kill('SIGINT');
    await printed(run.child, 'Interrupted.');
    const sent = performance.now();
    run.child.kill('SIGINT');
    await run.exit;
    expect(run.child.signalCode).toBe('SIGINT');
    expect(performance.now() - sent).toBeLessThan(1_000);
  });
});

describe('the exit code', { timeout: 60_000 }, () => {
  const one = ['--only', 'flows/type-filter', '--seed', '1'];

  it.each([
    ['stdout', ['stdout']],
    ['stderr', ['stderr']],
    ['both', ['stdout', 'stderr']],
  ] as const)('stays the same when the reader of %s is gone', async (_, outputs) => {
    const { PATH } = process.env;
    const child = spawn(process.execPath, [cli, ...target(), ...one], {
      env: { PATH },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const output of outputs) child[output].destroy();
    for (const output of [child.stdout, child.stderr]) output.resume();
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  });

  it('stays the same behind `2>&1 | head -1`', async () => {
    const command = [process.execPath, cli, ...target(), ...one].join(' ');
    const script = `{ ${command}; echo $? >${folder}/code; } 2>&1 | head -1`;
    const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [out] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(out).toContain('Testing');
    await expect.poll(() => readFileSync(join(folder, 'code'), 'utf8')).toBe('0\n');
  });

  const key = 'createKey: () => "k"';

  it.each([
    [
      'a function waits for what never comes',
      `timeout: 1, createOrganization: () => new Promise(() => undefined), ${key}`,
      /^provision\.createOrganization in .* didn't end within 1 s\./m,
    ],
    [
      'nobody handles an error of a function',
      `createOrganization: () => { setTimeout(() => { throw new Error('boom'); }); return new Promise(() => setInterval(() => 0, 1e6)); }, ${key}`,
      /^Internal error: boom\.$/m,
    ],
    [
      'nobody handles a rejected promise of a function',
      `createOrganization: () => { Promise.reject(new Error('boom')); return new Promise(() => setInterval(() => 0, 1e6)); }, ${key}`,
      /^Internal error: boom\.$/m,
    ],
  ])('is 4, with one line and a report, when %s', async (_, functions, line) => {
    const { child, err, exit } = start([...configured(functions), '--only', 'flows']);
    await exit;
    expect(child.exitCode, await err).toBe(4);
    const lines = (await err).trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(line);
    expect(lines.filter((one) => / {4}at |node:/.test(one))).toEqual([]);
    expect(requireReports()).toMatchObject({ verdict: null, breakdown: { exitCode: 4 } });
  });

  it('is 4 when a function ends the process', async () => {
    writeFileSync(join(folder, 'report.json'), '{"verdict":"conformant"}');
    const functions = `createOrganization: () => process.exit(13), ${key}`;
    const { child, err, exit } = start([...configured(functions), '--only', 'flows']);
    await exit;
    expect(child.exitCode).toBe(4);
    expect(await err).toContain('The process was ended with exit code 13 before the run ended.');
    expect(requireReports()).toMatchObject({ verdict: null, breakdown: { exitCode: 4 } });
  });
});

const freePort = async (): Promise<number> => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
};

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
