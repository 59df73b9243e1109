import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as requestByHttp } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProxyFinder } from '../http/proxy.ts';
import { callInProcess } from './call-command.ts';
import {
  answerAsTarget,
  certificate,
  key,
  listen,
  serveTarget,
  type TestServer,
} from './sick-servers.ts';

const rule = ['--only', 'dossiers/created-at', '--runs', '1', '--timeout', '2000'];
const http = 'http://target.test/api/v1';
const https = 'https://target.test/api/v1';

interface ProxyOptions {
  /** The port to which `target.test` leads. */
  readonly port: number;
  /** Credentials that it asks for. */
  readonly credentials?: string;
  /** Answers each CONNECT with this. */
  readonly refusal?: number;
}

/** A real proxy that knows one host, and what it was asked for. */
const startProxy = async ({ port, credentials, refusal }: ProxyOptions) => {
  const asked: string[] = [];
  const isWelcome = (given: string | undefined): boolean =>
    credentials === undefined || given === `Basic ${Buffer.from(credentials).toString('base64')}`;
  const proxy = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (!isWelcome(request.headers['proxy-authorization'])) {
      response.writeHead(407).end('Who are you?');
      return;
    }
    const { pathname, search } = new URL(request.url ?? '');
    const { method, headers } = request;
    const path = pathname + search;
    const onward = requestByHttp({ port, host: '127.0.0.1', path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url ?? ''}`);
    socket.on('error', () => undefined);
    const status = isWelcome(request.headers['proxy-authorization']) ? refusal : 407;
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${String(status)} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => undefined);
  });
  const server = await listen(proxy, { path: '' });
  return { ...server, asked };
};

describe('a target behind a proxy', { timeout: 60_000 }, () => {
  let folder: string;
  let cacert: string;
  let plain: TestServer;
  let secure: TestServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'proxies-'));
    cacert = join(folder, 'ca.pem');
    writeFileSync(cacert, certificate.cert);
    plain = await serveTarget();
    secure = await listen(createHttpsServer(certificate, answerAsTarget), { scheme: 'https' });
  });
  afterAll(async () => {
    await plain.close();
    await secure.close();
    rmSync(folder, { recursive: true });
  });
  let proxy: Awaited<ReturnType<typeof startProxy>> | undefined;
  afterEach(async () => {
    await proxy?.close();
    proxy = undefined;
  });
  const run = (flags: readonly string[], environment: Readonly<Record<string, string>>) =>
    callInProcess([...flags, ...rule], { LEADGRID_KEY: key, ...environment });

  it('is judged by http', async () => {
    proxy = await startProxy({ port: plain.port });
    const { err } = await run(['--target', http], { HTTP_PROXY: proxy.url });
    expect(err).toContain(`Testing ${http}, `);
    expect(proxy.asked[0]).toBe(`GET ${http}/dossiers?per_page=1`);
    expect(proxy.asked.some((line) => line.startsWith('POST '))).toBe(true);
  });

  it('is judged by https, with the certificate authority of --cacert', async () => {
    proxy = await startProxy({ port: secure.port, credentials: 'me:my-password' });
    const HTTPS_PROXY = proxy.url.replace('//', '//me:my-password@');
    const { err } = await run(['--target', https, '--cacert', cacert], {
      https_proxy: HTTPS_PROXY,
    });
    expect(err).toContain(`Testing ${https}, `);
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT target.test:443']));
  });

  it('is not trusted without it, unless --insecure says so, which the report repeats', async () => {
    proxy = await startProxy({ port: secure.port });
    const environment = { HTTPS_PROXY: proxy.url };
    const distrusted = await run(['--target', https], environment);
    expect(distrusted.err).toMatch(
      /its TLS certificate is not trusted; name its authority by --cacert/,
    );
    expect(distrusted.code).toBe(4);
    const flags = ['--target', https, '--insecure'];
    const pretty = await run(flags, environment);
    expect(pretty.out).toMatch(/^Certificate +not checked \(--insecure\)$/m);
    const json = await run([...flags, '--report', 'json'], environment);
    const { target } = JSON.parse(json.out) as { target: { insecure: boolean; options: string[] } };
    expect(target.insecure).toBe(true);
    expect(target.options).toEqual(flags);
    const markdown = await run([...flags, '--report', 'markdown'], environment);
    expect(markdown.out).toContain(
      'The TLS certificate of the target was not checked (--insecure).',
    );
  });

  it.each([
    [
      'asks for a password',
      http,
      { credentials: 'me:other' },
      /^The proxy http:\/\/127\.0\.0\.1:\d+ of HTTP_PROXY asks for a user and a password \(407\)\. Write them into HTTP_PROXY/,
    ],
    [
      'asks for a password before it connects',
      https,
      { credentials: 'me:other' },
      /^The proxy http:\/\/127\.0\.0\.1:\d+ of HTTPS_PROXY asks for a user and a password \(407\)/,
    ],
    [
      'refuses to connect',
      https,
      { refusal: 403 },
      /^The proxy http:\/\/127\.0\.0\.1:\d+ of HTTPS_PROXY refuses to connect to the target \(403\)/,
    ],
  ])('ends with one line when the proxy %s', async (_, target, options, line) => {
    proxy = await startProxy({ port: plain.port, ...options });
    const url = proxy.url.replace('//', '//me:my-password@');
    const environment = { HTTP_PROXY: url, HTTPS_PROXY: url };
    const { code, err, out } = await run(['--target', target], environment);
    expect(err).toMatch(line);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).not.toContain('my-password');
    expect({ code, out }).toEqual({ code: 4, out: '' });
    const doctor = await callInProcess(['doctor', '--target', target], {
      LEADGRID_KEY: key,
      ...environment,
    });
    expect(doctor).toMatchObject({ code: 4 });
    expect(doctor.err).toContain(err.trim());
  });

  it.each([http, https])(
    'ends with one line when nothing listens at the proxy: %s',
    async (target) => {
      const url = 'http://127.0.0.1:9';
      const { code, err } = await run(['--target', target], { HTTP_PROXY: url, HTTPS_PROXY: url });
      expect(err).toMatch(
        /^The proxy http:\/\/127\.0\.0\.1:9 of HTTPS?_PROXY can't be reached: nothing listens at this port \(ECONNREFUSED\)\. Correct HTTPS?_PROXY, or add/,
      );
      expect(code).toBe(4);
    },
  );

  it('is reached directly on this machine, whatever the environment says', async () => {
    proxy = await startProxy({ port: plain.port });
    const { err } = await run(['--target', plain.url], { HTTP_PROXY: proxy.url });
    expect(err).toContain(`Testing ${plain.url}, `);
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['a file that is not there', 'nothing.pem', "--cacert nothing.pem can't be read"],
    ['a file without a certificate', 'package.json', '--cacert package.json has no certificate'],
  ])('is refused with %s', async (_, file, line) => {
    const { code, err } = await run(['--target', https, '--cacert', file], {});
    expect(err).toContain(line);
    expect(code).toBe(2);
  });
});

describe('the variables of proxies', () => {
  const find = (environment: Readonly<Record<string, string>>, url: string) =>
    createProxyFinder(environment)(url)?.url.href;
  const HTTPS_PROXY = 'http://proxy.test:3128';

  it.each<[string, Readonly<Record<string, string>>, string, string | undefined]>([
    ['each for its scheme', { HTTPS_PROXY }, 'http://a.test/', undefined],
    ['in capitals', { HTTPS_PROXY }, 'https://a.test/', 'http://proxy.test:3128/'],
    [
      'in small letters first',
      { HTTPS_PROXY, https_proxy: 'http://other.test' },
      'https://a.test/',
      'http://other.test/',
    ],
    [
      'without a scheme',
      { HTTP_PROXY: 'proxy.test:3128' },
      'http://a.test/',
      'http://proxy.test:3128/',
    ],
    ['empty', { HTTPS_PROXY: '' }, 'https://a.test/', undefined],
    ['not for localhost', { HTTPS_PROXY }, 'https://localhost:1/', undefined],
    ['not for this machine', { HTTPS_PROXY }, 'https://127.0.0.1:1/', undefined],
    ['not for this machine by IPv6', { HTTPS_PROXY }, 'https://[::1]:1/', undefined],
  ])('are read: %s', (_, environment, url, expected) => {
    expect(find(environment, url)).toBe(expected);
  });

  it.each([
    ['a.test', 'a.test', true],
    ['a.test', 'b.a.test', true],
    ['.a.test', 'b.a.test', true],
    ['*.a.test', 'b.a.test', true],
    ['a.test', 'ba.test', false],
    ['A.TEST', 'a.test', true],
    ['x.test, a.test', 'a.test', true],
    ['x.test a.test', 'a.test', true],
    ['*', 'a.test', true],
    ['a.test:8080', 'a.test', false],
    ['a.test:443', 'a.test', true],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['fd00::/8', '[fd00::1]', true],
    ['[fd00::1]', '[fd00::1]', true],
    ['fd00::1', '[fd00::1]', true],
    ['', 'a.test', false],
  ])('name exceptions: %j for %s is %s', (no_proxy, host, exempt) => {
    for (const name of ['no_proxy', 'NO_PROXY']) {
      const found = find({ HTTPS_PROXY, [name]: no_proxy }, `https://${host}/`);
      expect(found === undefined).toBe(exempt);
    }
  });

  it.each(['socks5://proxy.test', 'http://', 'not a proxy'])('refuse %s', (value) => {
    expect(() => createProxyFinder({ HTTPS_PROXY: value })).toThrow(
      'HTTPS_PROXY must be the URL of an HTTP proxy',
    );
  });
});
