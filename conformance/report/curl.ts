import type { ReportedBody } from './report.ts';

interface CurlRequest {
  readonly method: string;
  readonly url: string;
  /** With `$NAME` where a secret stood. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReportedBody | null;
}

/**
 * Tells a request as a line that can be pasted into bash or zsh.
 *
 * @param variables - the names that stand for secrets in it
 */
export const toCurl = (
  { method, url, headers, body }: CurlRequest,
  variables: readonly string[] = [],
): string => {
  const word = (text: string) => quote(text, variables);
  const usual = body === null ? 'GET' : 'POST';
  const [before, data] = bodyOption(body);
  const words = [
    ...['curl', '-i'],
    // Brackets and braces are patterns to curl.
    ...(/[[\]{}]/.test(url) ? ['-g'] : []),
    ...(method === usual ? [] : ['-X', method]),
    word(url),
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', word(headerOption(name, value))]),
    // Left to itself, curl would say that the body is a form.
    ...(body !== null && !('content-type' in headers) ? ['-H', "'content-type:'"] : []),
    ...data,
  ];
  return before + words.join(' ');
};

/** Without a value, curl wants a semicolon to send it all the same. */
const headerOption = (name: string, value: string): string =>
  value === '' ? `${name};` : `${name}: ${value}`;

/** Bytes of a body that a line can bear. */
const longest = 4_000;

/** What comes before the command, and the words in it. */
const bodyOption = (body: ReportedBody | null): [string, string[]] => {
  if (body === null) return ['', []];
  const { encoding, content, bytes } = body;
  if (bytes > longest) return ['', ['--data-binary', `@body-of-${String(bytes)}-bytes`]];
  if (encoding === 'text' && !content.includes('\0')) {
    // What begins with @ would be the name of a file.
    return ['', [content.startsWith('@') ? '--data-raw' : '--data-binary', quote(content)]];
  }
  const base64 = encoding === 'text' ? Buffer.from(content).toString('base64') : content;
  return [`printf %s '${base64}' | base64 -d | `, ['--data-binary', '@-']];
};

/** One word for the shell, in which nothing is expanded but these variables. */
export const quote = (text: string, variables: readonly string[] = []): string => {
  const names = [...variables].sort((one, other) => other.length - one.length);
  const parts = names.length > 0 ? text.split(new RegExp(`(\\$(?:${names.join('|')}))`)) : [text];
  const plain = parts.filter((_, index) => index % 2 === 0).join('');
  if (parts.length > 1 && !/["$\\`!]/.test(plain) && !hasUnseen(plain)) return `"${text}"`;
  const words = parts.map((part, index) => (index % 2 === 1 ? `"${part}"` : part && enclose(part)));
  return words.join('') || "''";
};

const enclose = (text: string): string =>
  hasUnseen(text)
    ? `$'${text.replaceAll(/['\\]/g, String.raw`\$&`).replaceAll(unseen, escape)}'`
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Characters that would break the line, speak to the terminal or not be seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const hasUnseen = (text: string): boolean => text.search(unseen) >= 0;

/** Byte by byte, as every bash and zsh understands it. */
const escape = (character: string): string => {
  const short = { '\n': String.raw`\n`, '\r': String.raw`\r` }[character];
  const bytes = [...new TextEncoder().encode(character)];
  return short ?? bytes.map((byte) => String.raw`\x` + byte.toString(16).padStart(2, '0')).join('');
};
