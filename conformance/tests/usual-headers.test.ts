import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withUsualHeaders } from '../http/headers.ts';
import type { HttpRequest, Send } from '../http/message.ts';
import type { Report } from '../report/report.ts';
import { readHeaders } from '../targets/keys.ts';
import { callInProcess } from './call-command.ts';
import { answerAsTarget, key, serve, type TestServer } from './sick-servers.ts';

const secret = 'gateway-Key-0123456789';
const cookie = 'preview=AbCdEf0123456789; path=a b';
const environment = {
  LEADGRID_KEY: key,
  LEADGRID_GATEWAY_KEY: secret,
  LEADGRID_PREVIEW_TOKEN: cookie,
};
const headers = { 'X-Gateway-Key': 'LEADGRID_GATEWAY_KEY', Cookie: 'LEADGRID_PREVIEW_TOKEN' };
const rule = ['--only', 'dossiers/created-at', '--runs', '1'];

describe('headers that go with every request', { timeout: 60_000 }, () => {
  let folder: string;
  let gateway: TestServer;
  const seen: (string | undefined)[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'usual-headers-'));
    gateway = await serve((request, response) => {
      const given = request.headers['x-gateway-key'];
      seen.push(Array.isArray(given) ? given.join() : given);
      if (given === secret && request.headers.cookie === cookie) answerAsTarget(request, response);
      else response.writeHead(403).end('<html>Forbidden</html>');
    });
  });
  afterAll(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true });
  });
  const configure = (described: object): string[] => {
    const file = join(folder, 'gateway.json');
    writeFileSync(file, JSON.stringify({ target: gateway.url, ...described }));
    return ['--config', file];
  };

  it('open a gateway for rules and looks', async () => {
    seen.length = 0;
    const { err } = await callInProcess([...configure({ headers }), ...rule], environment);
    expect(err).toContain(`Testing ${gateway.url}, `);
    expect(seen.length).toBeGreaterThan(4);
    expect(new Set(seen)).toEqual(new Set([secret]));
    const closed = await callInProcess([...configure({}), ...rule], environment);
    expect(closed.err).toMatch(
      /refuses every read with 403 and HTML.*name the headers of the gateway/,
    );
    expect(closed.code).toBe(2);
    const doctor = await callInProcess(['doctor', ...configure({ headers })], environment);
    expect(doctor.out).toContain('The target refuses a read without a key (401), as it should.');
  });

  it('are variables in reports', async () => {
    const words = [...configure({ headers }), ...rule, '--report', 'json'];
    const { out } = await callInProcess(words, environment);
    const report = JSON.parse(out) as Report;
    const failed = report.rules.find(({ counterexample }) => counterexample !== null);
    const [exchange] = failed?.counterexample?.exchanges ?? [];
    expect(exchange?.curl).toContain('-H "x-gateway-key: $LEADGRID_GATEWAY_KEY"');
    expect(exchange?.curl).toContain('-H "cookie: $LEADGRID_PREVIEW_TOKEN"');
    expect(exchange?.request.headers['x-gateway-key']).toBe('$LEADGRID_GATEWAY_KEY');
    expect(failed?.counterexample?.variables.map(({ name }) => name)).toContain(
      'LEADGRID_GATEWAY_KEY',
    );
    expect(out).not.toContain(secret);
    expect(out).not.toContain('AbCdEf0123456789');
  });

  it('go to the origin of the target alone, and leave the headers of rules', async () => {
    const sent: HttpRequest[] = [];
    const record: Send = (request) => {
      sent.push(request);
      return Promise.resolve({ status: 200, headers: {}, body: '' });
    };
    const send = withUsualHeaders(record, { 'x-a': 'usual', 'x-b': 'b' }, 'http://a.test/api/v1');
    const urls = [
      ...['http://a.test/api/v1/x', 'http://a.test/control', 'http://a.test'],
      ...['http://a.test.evil/x', 'https://a.test/x', 'http://a.test:81/x'],
    ];
    for (const url of urls) await send({ method: 'GET', url, headers: { 'x-a': 'own' } });
    expect(sent.map((one) => one.headers)).toEqual([
      ...urls.slice(0, 3).map(() => ({ 'x-a': 'own', 'x-b': 'b' })),
      ...urls.slice(3).map(() => ({ 'x-a': 'own' })),
    ]);
  });

  it.each([
    [
      'a header of the suite',
      { Authorization: 'LEADGRID_KEY' },
      'headers.Authorization is set by the suite itself. Remove it.',
    ],
    ['a header of the body', { 'content-type': 'LEADGRID_KEY' }, 'headers.content-type is set by'],
    ['no name of a header', { 'X Y': 'LEADGRID_KEY' }, 'headers.X Y is not the name of a header'],
    [
      'a variable that is not set',
      { 'X-Y': 'LEADGRID_NO_KEY' },
      "headers.X-Y names LEADGRID_NO_KEY, which isn't set",
    ],
    [
      'a value with a line feed',
      { 'X-Y': 'LEADGRID_ODD_KEY' },
      "LEADGRID_ODD_KEY has characters that a header can't contain",
    ],
  ] as const)('are refused with %s', (_, described, message) => {
    const odd = { ...environment, LEADGRID_ODD_KEY: 'a-key-with-a-line\nfeed' };
    expect(() => readHeaders(described, odd)).toThrow(message);
  });

  it('are refused with a value in place of its variable, which is not shown', async () => {
    const { code, err } = await callInProcess(
      configure({ headers: { 'X-Y': secret } }),
      environment,
    );
    expect(err).toContain('headers.X-Y must be the name of an environment variable');
    expect(err).not.toContain(secret);
    expect(code).toBe(2);
  });
});
