import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { callInProcess } from './call-command.ts';
import { answerAsTarget, key, serve, sickServers, type TestServer } from './sick-servers.ts';

const environment = { LEADGRID_KEY: key };
const rule = ['--only', 'dossiers/created-at', '--runs', '1', '--timeout', '1000'];

/** What a run says about each sick target, in one line, and how it ends. */
const verdicts: Readonly<Record<keyof typeof sickServers, readonly [code: 2 | 4, line: RegExp]>> = {
  html: [2, /^\S+ answers HTML: is this the base URL\? Set --target to the base URL/],
  'plain text': [2, /^\S+ answers something else than JSON: is this the base URL\?/],
  'an empty body': [4, /^\S+ answers every read with 200 and no body\. Look at the log/],
  'a redirect': [
    2,
    /^\S+ redirects to https:\/\/target\.test\/v1\/dossiers\S* \(308\)\. Set --target to https:\/\/target\.test\/v1\.$/,
  ],
  'a redirect to a login': [
    2,
    /redirects to http:\/\/127\.0\.0\.1:\d+\/login \(302\)\. Set --target to the address behind/,
  ],
  'a refused key': [2, /refuses the key with 401\. Check LEADGRID_KEY and --target\.$/],
  'a gateway that wants its own key': [
    2,
    /401 and HTML, as a gateway does that wants a key of its own\. Name the headers of the gateway/,
  ],
  'a key without scopes': [2, /refuses every read with 403: the key lacks all scopes/],
  'a plan without API access': [2, /refuses the key with 402: the plan/],
  'no path at all': [2, /has no \/dossiers \(404\)\. Set --target to the base URL, such as/],
  'only failures': [4, /answers 500 to every read\. Look at the log/],
  'a gateway without its server': [
    4,
    /answers 502 with HTML to every read\. A gateway is in front/,
  ],
  'a different error at every path': [
    4,
    /No read at \S+ succeeds: GET \/dossiers 404, GET \/contacts 404, GET \/flows 500\./,
  ],
  'only HTTP/2': [2, /speaks only HTTP\/2, and this suite HTTP\/1\.1\. Allow HTTP\/1\.1/],
  'only HTTP/2 by TLS': [2, /speaks only HTTP\/2, and this suite HTTP\/1\.1\. Allow HTTP\/1\.1/],
  'TLS at an http URL': [2, /speaks TLS, but the URL begins with http\. Set --target to https:/],
  'http at an https URL': [
    2,
    /doesn't speak TLS, but the URL begins with https\. Set --target to http:/,
  ],
  'a certificate that nobody knows': [
    4,
    /its TLS certificate is not trusted; name its authority by/,
  ],
  'a closed connection': [4, /^No response from \S+: the connection was closed without a response/],
  'something else than HTTP': [4, /^No response from \S+: what listens there does not speak HTTP/],
  'no response': [4, /^No response from \S+: it took too long\. Start the target/],
};

describe('a target that no rule can judge', { timeout: 60_000 }, () => {
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it.each(Object.keys(verdicts) as (keyof typeof sickServers)[])(
    'ends a run with one line: %s; doctor says the same',
    async (name) => {
      server = await sickServers[name]();
      // What speaks TLS is asked for what is behind it, except where the certificate is the matter.
      const trusting = name === 'only HTTP/2 by TLS' ? ['--insecure'] : [];
      const target = ['--target', server.url, ...trusting];
      const [code, line] = verdicts[name];
      const run = await callInProcess([...target, ...rule], environment);
      expect(run.err.trim().split('\n')).toHaveLength(1);
      expect(run.err.trim()).toMatch(line);
      expect({ code: run.code, out: run.out }).toEqual({ code, out: '' });
      const flags = ['doctor', ...target, '--timeout', '1000'];
      const doctor = await callInProcess(flags, environment);
      expect(doctor.code).toBe(code);
      const said = doctor.out.replaceAll(/\s+/g, ' ');
      expect(said).toContain(run.err.trim());
    },
  );

  it('is found without a key too, before anything is created there', async () => {
    server = await sickServers.html();
    const control = ['--control', `${new URL(server.url).origin}/control/v1`];
    const { code, err } = await callInProcess(['--target', server.url, ...control, ...rule], {});
    expect(err).toMatch(/^\S+ answers HTML: is this the base URL\?/);
    expect(code).toBe(2);
  });
});

describe('a target that breaks rules', { timeout: 60_000 }, () => {
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
  });

  it.each<[string, Parameters<typeof serve>[0]]>([
    [
      'an error at one path',
      (request, response) => {
        if (request.url?.includes('/dossiers')) response.writeHead(500).end('{}');
        else answerAsTarget(request, response);
      },
    ],
    [
      'HTML at one path',
      (request, response) => {
        if (request.url?.includes('/contacts')) response.end('<html></html>');
        else answerAsTarget(request, response);
      },
    ],
    [
      'a redirect at one path',
      (request, response) => {
        if (request.url?.includes('/dossiers')) response.writeHead(301, { location: '/x' }).end();
        else answerAsTarget(request, response);
      },
    ],
    [
      'the wrong type of content',
      (request, response) => {
        response.setHeader = () => response;
        answerAsTarget(request, response);
      },
    ],
    [
      'an error without a key',
      (request, response) => {
        if (request.headers.authorization) answerAsTarget(request, response);
        else response.writeHead(500).end('{}');
      },
    ],
    [
      'JSON that is cut off',
      (_, response) => {
        response.end('{"data": [');
      },
    ],
    [
      'another form of list',
      (_, response) => {
        response.end('[]');
      },
    ],
  ])('is judged: %s', async (_, answer) => {
    server = await serve(answer);
    const { err } = await callInProcess(['--target', server.url, ...rule], environment);
    expect(err).toContain('Testing ');
  });

  it('is judged with a doubt about its key where it refuses one of the reads', async () => {
    server = await serve((request, response) => {
      if (request.url?.includes('/flows')) response.writeHead(403).end('{}');
      else answerAsTarget(request, response);
    });
    const { err } = await callInProcess(['--target', server.url, ...rule], environment);
    expect(err).toContain('LEADGRID_KEY lacks flows:read, or the target refuses it wrongly (403).');
    expect(err).toContain('Testing ');
  });
});

describe('the address of a target', { timeout: 60_000 }, () => {
  it.each(['127.0.0.1', '::1'])('is found as localhost, and as %s', async (host) => {
    const server = await serve(answerAsTarget, host);
    const byName = server.url.replace(/127\.0\.0\.1|\[::1\]/, 'localhost');
    for (const url of [server.url, byName]) {
      const { err } = await callInProcess(['--target', url, ...rule], environment);
      expect(err).toContain(`Testing ${url}, `);
    }
    await server.close();
  });

  it('is not asked for what it does not implement', async () => {
    const asked = new Set<string>();
    const server = await serve((request, response) => {
      asked.add((request.url ?? '').replace(/^.*\/v1|\?.*$/g, ''));
      if (request.url?.includes('/contacts')) response.writeHead(501).end();
      else answerAsTarget(request, response);
    });
    const folder = mkdtempSync(join(tmpdir(), 'preflight-'));
    const config = join(folder, 'omit.json');
    const omit = [{ operations: ['listContacts'], reason: 'Not built yet.' }];
    writeFileSync(config, JSON.stringify({ target: server.url, omit }));
    const { err } = await callInProcess(['--config', config, ...rule], environment);
    expect(err).toContain('Testing ');
    expect([...asked].slice(0, 2)).toEqual(['/dossiers', '/flows']);
    await server.close();
    rmSync(folder, { recursive: true });
  });
});
