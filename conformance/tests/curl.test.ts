import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { quote, toCurl } from '../report/curl.ts';
import type { ReportedBody } from '../report/report.ts';

const url = 'http://127.0.0.1:4020/api/v1/dossiers';

const textBody = (content: string): ReportedBody => ({
  ...{ encoding: 'text', content, cut: false },
  bytes: Buffer.byteLength(content),
});

/** The arguments and the input that curl gets when the command is pasted into bash. */
const paste = (line: string, environment: Record<string, string> = {}) => {
  const script = `curl() { printf '%s\\0' "$@" '(input)'; case "$*" in *@-*) cat;; esac; }\n${line}`;
  const { PATH } = process.env;
  const { stdout } = spawnSync('bash', ['--noprofile', '--norc', '-c', script], {
    env: { PATH, ...environment },
  });
  const cut = stdout.indexOf('(input)\0');
  const words = stdout.subarray(0, cut).toString('utf8').split('\0');
  return { words: words.slice(0, -1), input: stdout.subarray(cut + '(input)\0'.length) };
};

const ugly = [
  `it's "quoted" \`whoami\` $(whoami) $HOME \${HOME} \\ ! * ? [a] {b} ~ # & | ; < >`,
  'tabs\tand\r\nlines\nand \u001B[31m bells \u0007',
  '👩‍💻 𝒳 שלום ‮abc‬ é\u2028x',
  '-X DELETE',
  '@/etc/hostname',
];

describe('a request as a curl command', () => {
  it.each(ugly)('sends the same text when it is pasted: %j', (text) => {
    const body = textBody(text);
    const headers = { 'content-type': 'application/json', 'x-text': 'a b "c" $d' };
    const { words } = paste(toCurl({ method: 'PATCH', url, headers, body }));
    expect(words.slice(0, 8)).toEqual([
      ...['-i', '-X', 'PATCH', url, '-H', 'content-type: application/json'],
      ...['-H', 'x-text: a b "c" $d'],
    ]);
    expect(words.at(-1)).toBe(text);
  });

  it('is one line without control characters', () => {
    const line = toCurl({ method: 'POST', url, headers: {}, body: textBody(ugly.join('\n')) });
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\u202E]/u);
  });

  it('takes secrets from variables in any place', () => {
    const line = toCurl(
      {
        method: 'GET',
        url: `${url}?key=$RUN_KEY_1`,
        headers: { authorization: 'Bearer $RUN_KEY_12', 'x-both': '$RUN_KEY_1 is "it" $HOME' },
        body: null,
      },
      ['RUN_KEY_1', 'RUN_KEY_12'],
    );
    expect(line).toContain('"authorization: Bearer $RUN_KEY_12"');
    const { words } = paste(line, { RUN_KEY_1: 'one', RUN_KEY_12: 'twelve' });
    expect(words).toEqual([
      ...['-i', `${url}?key=one`, '-H', 'authorization: Bearer twelve'],
      ...['-H', 'x-both: one is "it" $HOME'],
    ]);
  });

  it("sends bytes that can't be an argument through a pipe", () => {
    const bytes = Buffer.from([0x25, 0xff, 0x00, 0xfe]);
    const content = bytes.toString('base64');
    const body: ReportedBody = { encoding: 'base64', content, bytes: 4, cut: false };
    expect(paste(toCurl({ method: 'POST', url, headers: {}, body })).input).toEqual(bytes);
    const zero = toCurl({ method: 'POST', url, headers: {}, body: textBody('a\0b') });
    expect(paste(zero).input.toString()).toBe('a\0b');
  });

  it('replaces a body that is too long by its size', () => {
    const line = toCurl({ method: 'POST', url, headers: {}, body: textBody('x'.repeat(5_000)) });
    expect(line).toContain('--data-binary @body-of-5000-bytes');
  });

  it('keeps curl from adding a content type, dropping a header, and globbing', () => {
    const headers = { 'x-api-key': '' };
    const line = toCurl({ method: 'POST', url: `${url}?a=[1]`, headers, body: textBody('x') });
    const { words } = paste(line);
    expect(words).toEqual([
      ...['-i', '-g', `${url}?a=[1]`, '-H', 'x-api-key;', '-H', 'content-type:'],
      ...['--data-binary', 'x'],
    ]);
  });

  it("names the method only where curl's default differs", () => {
    const send = (method: string, body: ReportedBody | null) =>
      toCurl({ method, url, headers: { 'content-type': 'text/plain' }, body });
    expect(send('GET', null)).not.toContain('-X');
    expect(send('POST', textBody('x'))).not.toContain('-X');
    expect(send('POST', null)).toContain('-X POST');
    expect(send('GET', textBody('x'))).toContain('-X GET');
  });
});

describe('a word for the shell', () => {
  it('is a pair of quotes for an empty text', () => {
    expect(quote('')).toBe("''");
  });
});
