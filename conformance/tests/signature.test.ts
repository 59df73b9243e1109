import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { flawOfSignature, readSignature } from '../webhooks/signature.ts';

const secret = 'whsec_9fQ2mXc7LrT4vB8n';
const t = '1713178230';
const encode = (text: string) => new TextEncoder().encode(text);
const body = encode('{"id":"evt_1","data":{"name":"Zoë 👩🏽‍🚒 نور"}}');

/** As the documentation computes it. */
const digest = (of: Uint8Array, key = secret, at = t): string =>
  createHmac('sha256', key).update(`${at}.`).update(of).digest('hex');

const header = `t=${t},v1=${digest(body)}`;
const flawWith = (change: Partial<Parameters<typeof flawOfSignature>[0]>) =>
  flawOfSignature({ header, body, secret, ...change });

describe('the verification of signatures', () => {
  it('accepts a signature as the documentation computes it', () => {
    expect(flawWith({})).toBeUndefined();
  });

  it('accepts a signature of another implementation', () => {
    // printf '%s' '1713178230.{}' | openssl dgst -sha256 -hmac secret
    const known = 'be676ceabc3fae57636f0a8418c75939adcfaf4458ac6064b9a7fd6665ff4769';
    const flaw = flawOfSignature({
      header: `t=${t},v1=${known}`,
      body: encode('{}'),
      secret: 'secret',
    });
    expect(flaw).toBeUndefined();
  });

  it("uses bytes, also those that aren't UTF-8", () => {
    const bytes = new Uint8Array([0xff, 0x00, 0x80]);
    const signed = `t=${t},v1=${digest(bytes)}`;
    expect(flawWith({ header: signed, body: bytes })).toBeUndefined();
    expect(flawWith({ header: signed, body: new Uint8Array([0xfe, 0x00, 0x80]) })).toBe('wrong');
  });

  it('accepts further parts, and parts in another order', () => {
    expect(flawWith({ header: `v1=${digest(body)},t=${t},v0=6ffbb5=` })).toBeUndefined();
  });

  it.each([
    ['one letter of the body changed', { body: encode('{"id":"evt_2"}') }],
    ['a body with one blank more', { body: new Uint8Array([...body, 0x20]) }],
    ['an empty body', { body: new Uint8Array() }],
    ['another secret', { secret: `${secret} ` }],
    ['another timestamp', { header: header.replace(t, '1713178231') }],
    ['a timestamp with a zero in front', { header: header.replace(t, `0${t}`) }],
    ['one digit of the signature changed', { header: header.replace(/.$/, flip) }],
    ['capital digits', { header: `t=${t},v1=${digest(body).toUpperCase()}` }],
    ['a signature cut short', { header: header.slice(0, -2) }],
    ['a longer signature', { header: `${header}00` }],
    ['the signature of the body alone', { header: `t=${t},v1=${hashOfBody()}` }],
  ])('refuses %s', (_, change) => {
    expect(flawWith(change)).toBe('wrong');
  });

  it.each([
    ['no header', undefined, 'missing'],
    ['an empty header', '', 'missing'],
    ['no timestamp', `v1=${digest(body)}`, 'malformed'],
    ['no signature', `t=${t}`, 'malformed'],
    ['an empty signature', `t=${t},v1=`, 'malformed'],
    ['a bare digest', digest(body), 'malformed'],
    ['blanks between the parts', `t=${t}, v1=${digest(body)}`, 'malformed'],
  ])('refuses %s', (_, given, flaw) => {
    expect(flawWith({ header: given })).toBe(flaw);
  });

  it('refuses old and future timestamps when asked to', () => {
    const at = (seconds: number) => ({
      age: { now: (Number(t) + seconds) * 1000, toleranceSeconds: 300 },
    });
    expect(flawWith(at(299))).toBeUndefined();
    expect(flawWith(at(-299))).toBeUndefined();
    expect(flawWith(at(301))).toBe('stale');
    expect(flawWith(at(-301))).toBe('stale');
    const soon = `t=soon,v1=${digest(body, secret, 'soon')}`;
    expect(flawWith({ header: soon, ...at(0) })).toBe('malformed');
  });
});

describe('the header of a signature', () => {
  it('is parsed into parts by name', () => {
    expect(readSignature('t=1,v1=ab')).toEqual({ t: '1', v1: 'ab', names: ['t', 'v1'] });
    expect(readSignature('v1=a=b,t=1')).toMatchObject({ v1: 'a=b', names: ['v1', 't'] });
    expect(readSignature('t=1,v1')).toBeUndefined();
  });
});

function flip(digit: string): string {
  return digit === '0' ? '1' : '0';
}

function hashOfBody(): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}
