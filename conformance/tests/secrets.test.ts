import { describe, expect, it } from 'vitest';
import { createFilter, createRedaction } from '../report/redaction.ts';

const secret = 'S3cr3t+t0ken/"of"=1';

describe('the filter of all output', () => {
  it('replaces keys and tokens by the names of their variables', () => {
    const filter = createFilter({
      LEADGRID_KEY: 'secret.token.1-abc',
      LEADGRID_CONTROL_TOKEN: 'hush-hush-hush-hush',
    });
    const filtered = filter(
      'GET /dossiers?api_key=secret.token.1-abc failed; token hush-hush-hush-hush',
    );
    expect(filtered).toBe(
      'GET /dossiers?api_key=$LEADGRID_KEY failed; token $LEADGRID_CONTROL_TOKEN',
    );
  });

  it('removes the secret of a webhook', () => {
    const filter = createFilter({ LEADGRID_WEBHOOK_SECRET: 'whsec_9fQ2mXc7' });
    expect(filter('signed with whsec_9fQ2mXc7')).toBe('signed with $LEADGRID_WEBHOOK_SECRET');
    expect(filter('or whsec_other')).toBe('or whsec_***');
  });

  it('removes unknown keys', () => {
    expect(createFilter({})('Bearer lg_live_3kq9VnT2')).toBe('Bearer lg_live_***');
    expect(createFilter({})('Bearer abcdefghijklmnop.qrst==')).toBe('Bearer ***');
  });

  it('removes a key of thousands of letters completely', () => {
    const rest = 'aB3'.repeat(5_000);
    expect(createFilter({})(`lg_live_${rest} and Bearer ${rest}`)).toBe(
      'lg_live_*** and Bearer ***',
    );
  });

  it('removes signatures', () => {
    const line = 't=1700000000,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd';
    expect(createFilter({})(line)).toBe('t=1700000000,v1=***');
  });

  it.each([
    ['as it is', secret],
    ['in JSON', JSON.stringify({ secret })],
    ['in a URL', encodeURIComponent(secret)],
    ['in Basic credentials', Buffer.from(`user:${secret}`).toString('base64')],
    ['in Basic credentials, as the name', Buffer.from(`${secret}:`).toString('base64')],
    ['in base64 at another place', Buffer.from(`ab${secret}cd`).toString('base64')],
    ['backwards', Array.from(secret).reverse().join('')],
  ])('hides a secret %s', (_, text) => {
    const filtered = createFilter({ LEADGRID_KEY: secret })(text);
    expect(filtered).toContain('$LEADGRID_KEY');
    expect(filtered).not.toContain('t0ken');
  });

  it.each(['base64', 'base64url'] as const)('hides a secret in %s, at every place', (alphabet) => {
    const odd = '>>>???~~~>>>???~~~';
    for (const before of ['', 'a', 'ab']) {
      const text = Buffer.from(`${before}${odd}:`).toString(alphabet);
      expect(createFilter({ LEADGRID_KEY: odd })(text)).toContain('$LEADGRID_KEY');
    }
  });

  it('removes a key behind another prefix too', () => {
    const filter = createFilter({ LEADGRID_KEY: 'lg_live_3kq9VnT2rXw8' });
    expect(filter('sk_live_3kq9VnT2rXw8')).not.toContain('3kq9VnT2rXw8');
  });

  it('removes the longer of two secrets completely', () => {
    const filter = createFilter({ LEADGRID_KEY: 'abcdefgh', LEADGRID_SECOND_KEY: 'abcdefgh-2' });
    expect(filter('abcdefgh-2 and abcdefgh')).toBe('$LEADGRID_SECOND_KEY and $LEADGRID_KEY');
  });

  it.each(['a', '_', 'lg_live_a', 'whsec_a/', 'Bearer a', 'Bearer ', 'v1=a'])(
    'finds a key next to millions of letters after %j',
    (start) => {
      const filter = createFilter({ LEADGRID_KEY: 'secret.token.1-abc' });
      const filtered = filter(`secret.token.1-abc ${start}${start.slice(-1).repeat(12_000_000)}`);
      expect(filtered.slice(0, 14)).toBe('$LEADGRID_KEY ');
    },
  );

  it('keeps everything else, even with empty variables', () => {
    expect(createFilter({ LEADGRID_KEY: '', PATH: '/bin' })('/bin of 3')).toBe('/bin of 3');
    const sentence = 'A Bearer authentication, v1=abc, and Basic manners.';
    expect(createFilter({})(sentence)).toBe(sentence);
  });
});

const madeKey = 'lg_live_21Ba-3kq9VnT2rXw8';

describe('the filter of secrets that the target returned', () => {
  const redact = createRedaction(
    [],
    [
      { value: 'lg_live_3kq9VnT2rXw8', shownAs: '$RUN_KEY' },
      { value: 'odd.key/1-of-the-run', shownAs: '***' },
      { value: 'lg_live_a.b+c/d==', shownAs: '$RUN_KEY_2' },
    ],
  );

  it('replaces them by name, and removes them without their prefix too', () => {
    expect(redact('key=lg_live_3kq9VnT2rXw8;')).toBe('key=$RUN_KEY;');
    expect(redact('sk_live_3kq9VnT2rXw8 or 3kq9VnT2rXw8')).toBe('sk_live_*** or ***');
  });

  it.each([
    ['backwards', Array.from(madeKey).reverse().join('')],
    ['backwards without its prefix', Array.from(madeKey.slice(8)).reverse().join('')],
    ['in base64', Buffer.from(madeKey).toString('base64')],
    ['as a name in Basic credentials', Buffer.from(`${madeKey}:`).toString('base64')],
    ['as a password in Basic credentials', Buffer.from(`:${madeKey}`).toString('base64')],
    ['in base64 for URLs', Buffer.from(`${madeKey}:`).toString('base64url')],
  ])('replaces them %s', (_, text) => {
    const made = [{ value: madeKey, shownAs: '$RUN_KEY' }];
    expect(createRedaction([], made)(`<${text}>`)).toMatch(/^<(\$RUN_KEY|\*{3})=*>$/);
  });

  it.each(['rule', 'x', 'dossiers', 'a.b', '"'])(
    'leaves other text alone, however short a secret is: %j',
    (value) => {
      const short = createRedaction([], [{ value, shownAs: '$RUN_KEY' }]);
      const text = `{"rule":"x","kind":"dossiers a.b"}`;
      expect(short(text)).toBe(text);
      expect(short(value)).toBe('$RUN_KEY');
    },
  );

  it('finds secrets with other characters than those of words', () => {
    expect(redact('an odd.key/1-of-the-run here')).toBe('an *** here');
    expect(redact('Bearer lg_live_a.b+c/d==, or lg_live_x.')).toBe(
      'Bearer $RUN_KEY_2, or lg_live_***.',
    );
  });
});
