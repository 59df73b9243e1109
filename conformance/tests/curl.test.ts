import { describe, expect, it } from 'vitest';
import { toCurl } from '../curl.ts';
import type { Exchange } from '../world/exchange.ts';

const exchange = (headers: Record<string, string>, body = new Uint8Array()): Exchange => ({
  operation: 'createDossier',
  request: { method: 'POST', url: 'http://127.0.0.1:4020/api/v1/dossiers', headers, body },
  response: { status: 403, headers: {}, body: '{"error":{"code":"forbidden","message":"No."}}' },
  json: { error: { code: 'forbidden', message: 'No.' } },
});

describe('an exchange as curl', () => {
  it('never tells a key, however it was sent', () => {
    const key = 'lg_live_3kq9VnT2rXw8ZbM5';
    for (const authorization of [`Bearer ${key}`, `Basic ${key}`, key, `Bearer:${key}`]) {
      expect(toCurl(exchange({ authorization })).curl).not.toContain('3kq9VnT2rXw8ZbM5');
    }
    const elsewhere = exchange({ 'x-api-key': key, cookie: `api_key=${key}` });
    expect(toCurl(elsewhere).curl).not.toContain('3kq9VnT2rXw8ZbM5');
    const inUrl = exchange({});
    const url = `${inUrl.request.url}?api_key=${key}`;
    const told = toCurl({ ...inUrl, request: { ...inUrl.request, url } });
    expect(told.curl).not.toContain('3kq9VnT2rXw8ZbM5');
  });

  it('leaves out no credentials of another scheme', () => {
    const basic = `Basic ${Buffer.from('lg_live_3kq9VnT2rXw8ZbM5:').toString('base64')}`;
    expect(toCurl(exchange({ authorization: basic })).curl).toContain(
      '"authorization: Basic $LEADGRID_KEY"',
    );
  });

  it('can be pasted into a shell, quotes and all', () => {
    const body = new TextEncoder().encode(`{"name":"it's"}`);
    const { curl } = toCurl(exchange({ 'content-type': 'application/json' }, body));
    expect(curl).toBe(
      `curl -X POST 'http://127.0.0.1:4020/api/v1/dossiers' -H 'content-type: application/json' ` +
        String.raw`--data-binary '{"name":"it'\''s"}'`,
    );
  });

  it('tells a body that is no text by its size', () => {
    const { curl } = toCurl(exchange({}, new Uint8Array([0x25, 0xff, 0xfe])));
    expect(curl).toContain('# 3 bytes');
  });

  it('tells the answer in short', () => {
    expect(toCurl(exchange({})).answer).toMatch(/^403 forbidden \{"error"/);
  });
});
