import { describe, expect, it } from 'vitest';
import { contract, expectRefusal, send, useLab } from './lab.ts';

const origin = 'http://localhost:5173';

/** All headers of the kind that browsers look for. */
const corsHeaders = (headers: Headers): string[] =>
  [...headers.keys()].filter((name) => name.startsWith('access-control-'));

const listOf = (headers: Headers, name: string): string[] =>
  (headers.get(name) ?? '').toLowerCase().split(', ');

describe('Pages of other origins', () => {
  const lab = useLab();
  const preflight = { Origin: origin, 'Access-Control-Request-Method': 'PATCH' };

  it('may send every method and the headers of the API', async () => {
    const asked = { 'Access-Control-Request-Headers': 'authorization, x-trace' };
    const { status, text, headers } = await lab.call('OPTIONS', '/dossiers/x', {
      headers: { ...preflight, ...asked },
    });
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    const methods = new Set(Object.values(contract.operations).map(({ method }) => method));
    expect(listOf(headers, 'access-control-allow-methods')).toEqual(
      [...methods].map((method) => method.toLowerCase()),
    );
    expect(listOf(headers, 'access-control-allow-headers')).toEqual(
      expect.arrayContaining(['authorization', 'content-type', 'prefer', 'x-trace']),
    );
    const plain = await lab.call('OPTIONS', '/dossiers', { headers: preflight });
    expect(listOf(plain.headers, 'access-control-allow-headers')).toContain('authorization');
  });

  it('may read every answer, refusals too, with the headers that the contract names', async () => {
    const { key } = await lab.organization();
    const responses = Object.values(contract.operations).flatMap((operation) =>
      Object.values(operation.responses),
    );
    const named = responses.flatMap(({ headers }) => Object.keys(headers));
    const requests: [string, string, number, string?][] = [
      ['GET', '/flows', 200, key],
      ['GET', '/flows', 401],
      ['GET', '/nowhere', 404, key],
      ['POST', '/dossiers', 400, key],
      ['OPTIONS', '/flows', 404, key],
    ];
    for (const [method, path, status, sent] of requests) {
      const reply = await lab.call(method, path, {
        ...(sent !== undefined && { key: sent }),
        headers: { Origin: origin },
      });
      expect([reply.status, reply.headers.get('access-control-allow-origin')]).toEqual([
        status,
        '*',
      ]);
      const exposed = listOf(reply.headers, 'access-control-expose-headers');
      for (const name of named) expect(exposed).toContain(name.toLowerCase());
    }
  });

  it('change nothing for those who are no page', async () => {
    const { key } = await lab.organization();
    const reply = await lab.call('GET', '/flows', { key });
    expect(corsHeaders(reply.headers)).toEqual([]);
    const asked = { 'Access-Control-Request-Method': 'GET' };
    const options = await lab.call('OPTIONS', '/flows', { key, headers: asked });
    expectRefusal(options, 404, 'not_found');
    expect(corsHeaders(options.headers)).toEqual([]);
  });

  it('are kept out of the control API, and out of what is beside the API', async () => {
    const control = `${lab.server.controlUrl ?? ''}/capabilities`;
    const beside = `${new URL(lab.server.url).origin}/`;
    for (const [url, status] of [
      [control, 401],
      [beside, 404],
    ] as const) {
      for (const [method, headers] of [
        ['GET', { Origin: origin }],
        ['OPTIONS', preflight],
      ] as const) {
        const reply = await send(method, url, { headers });
        expect([reply.status, corsHeaders(reply.headers)]).toEqual([status, []]);
      }
    }
  });
});
