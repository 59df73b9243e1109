import { describe, expect, it } from 'vitest';
import { handlers as ownHandlers } from '../handlers.ts';
import { contract, send, useTestServer } from './test-server.ts';
import { frozenClock } from './frozen-clock.ts';

describe('The log', () => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const api = useTestServer({}, { ...frozenClock(), log });

  /** Returns the new log lines, after waiting for the last. */
  const linesOf = async (work: () => Promise<unknown>, count: number): Promise<string[]> => {
    const before = lines.length;
    await work();
    while (lines.length < before + count) await new Promise(setImmediate);
    return lines.slice(before).map((line) => line.replace(/ \d+ ms$/, ' N ms'));
  };

  it('has a line for each request, to the API, the control API and other paths', async () => {
    const { key } = await api.organization();
    const { origin } = new URL(api.server.url);
    const found = await linesOf(async () => {
      await api.call('GET', '/dossiers?type=sales&per_page=3', { key });
      await api.call('POST', '/dossiers', { key, json: {} });
      await api.call('PATCH', '/nowhere', { key });
      await api.call('GET', '/flows', { headers: { Prefer: 'code=429' } });
      await api.control('GET', '/clock');
      await send('GET', `${origin}/`);
    }, 6);
    const time = '2026-05-04T08:30:00Z';
    expect(found).toEqual([
      `${time} GET /api/v1/dossiers?type=sales&per_page=3 200 N ms`,
      `${time} POST /api/v1/dossiers 400 N ms`,
      `${time} PATCH /api/v1/nowhere 404 N ms`,
      `${time} GET /api/v1/flows 429 N ms`,
      `${time} GET /control/v1/clock 200 N ms`,
      `${time} GET / 404 N ms`,
    ]);
  });

  it('shows no API key, wherever it was sent', async () => {
    const { key } = await api.organization();
    const target = `/dossiers?key=${key}&page=1`;
    const [line] = await linesOf(() => api.call('GET', target, { key }), 1);
    expect(line).toContain('?key=lg_live_…&page=1 200');
    expect(lines.join('\n')).not.toContain(key);
  });

  it('shows no encoded API key, in the path, the query or an absolute URL', async () => {
    const { key } = await api.organization();
    const [id] = [...api.state.organizations.rows].slice(-1);
    const address = { url: 'http://127.0.0.1:9/' };
    const path = `/organizations/${id?.id ?? ''}/webhook-endpoints`;
    const { secret } = (await api.control<{ secret: string }>('POST', path, address)).body.data;
    const encode = (text: string) =>
      Array.from(text, (sign) => `%${sign.charCodeAt(0).toString(16)}`).join('');
    for (const hidden of [key, secret]) {
      const tail = hidden.slice(-24);
      for (const spelled of [
        ...[encode(hidden), hidden.toUpperCase(), encodeURIComponent(encode(hidden))],
        `${hidden.slice(0, 2)}${encode(hidden.slice(2, 5))}${hidden.slice(5)}`,
      ]) {
        const found = await linesOf(async () => {
          await api.call('GET', `/dossiers?q=${spelled}&page=1`);
          await api.call('GET', `/dossiers/${spelled}`);
          await api.control('GET', `/${spelled}`);
        }, 3);
        for (const line of found) {
          expect(line).toMatch(/(lg_live_|whsec_)…/);
          const plain = decodeURIComponent(decodeURIComponent(line.replaceAll('…', '')));
          expect(plain.toLowerCase()).not.toContain(tail.toLowerCase());
        }
      }
    }
  });
});

describe('The log and the errors of a server with a control token', () => {
  const lines: string[] = [];
  const fail = (): never => {
    throw new Error('The disk is made of Open-Sesame.');
  };
  const log = (line: string): void => void lines.push(line);
  const handlers = { ...ownHandlers, listFlows: fail };
  const api = useTestServer({ controlToken: 'open-sesame' }, { log, handlers });

  it('show neither the token nor an API key', async () => {
    const made = await send<{ id: string }>(
      'POST',
      `${api.server.controlUrl ?? ''}/organizations`,
      {
        ...{ key: 'open-sesame', json: {} },
      },
    );
    const keys = `${api.server.controlUrl ?? ''}/organizations/${made.body.data.id}/keys`;
    const json = { scopes: contract.scopes };
    const { key } = (await send<{ key: string }>('POST', keys, { key: 'open-sesame', json })).body
      .data;
    const reply = await api.call('GET', `/flows?search=Open%2DSesame&a=${key}&b=%6cg_live_1`, {
      key,
    });
    expect(reply.status).toBe(500);
    while (lines.length < 3) await new Promise(setImmediate);
    const [complaint = ''] = api.loggedErrors.splice(0);
    expect(complaint).toContain('GET /api/v1/flows?search=…&a=lg_live_…&b=lg_live_… failed');
    expect(complaint).toContain('The disk is made of ….');
    expect(lines[2]).toContain('GET /api/v1/flows?search=…&a=lg_live_…&b=lg_live_… 500 ');
  });
});
