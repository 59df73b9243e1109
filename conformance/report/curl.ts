import type { ReportedBody } from './report.ts';

interface CurlRequest {
  readonly method: string;
  readonly url: string;
  /** With `$NAME` in place of a secret. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReportedBody | null;
}

/**
 * The request as a curl command that can be pasted into bash or zsh.
 *
 * @param variables - the names of the variables that replace secrets in it
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
    // By default, curl would send the content type of a form.
    ...(body !== null && !('content-type' in headers) ? ['-H', "'content-type:'"] : []),
    ...data,
  ];
  return before + words.join(' ');
};

/** To send a header without a value, curl needs a semicolon. */
const headerOption = (name: string, value: string): string =>
  value === '' ? `${name};` : `${name}: ${value}`;

/** The largest body in bytes that is part of the command. */
const longest = 4_000;

/** The text before the curl command, and its options for the body. */
const bodyOption = (body: ReportedBody | null): [string, string[]] => {
  if (body === null) return ['', []];
  const { encoding, content, bytes } = body;
  if (bytes > longest) return ['', ['--data-binary', `@body-of-${String(bytes)}-bytes`]];
  if (encoding === 'text' && !content.includes('\0')) {
    // --data-binary takes a value that begins with @ for a file name.
    return ['', [content.startsWith('@') ? '--data-raw' : '--data-binary', quote(content)]];
  }
  const base64 = encoding === 'text' ? Buffer.from(content).toString('base64') : content;
  return [`printf %s '${base64}' | base64 -d | `, ['--data-binary', '@-']];
};

/** Quotes text as one shell word in which only these variables are expanded. */
export const quote = (text: string, variables: readonly string[] = []): string => {
  const names = [...variables].sort((one, other) => other.length - one.length);
  const parts = names.length > 0 ? text.split(new RegExp(`(\\$(?:${names.join('|')}))`)) : [text];
  const plain = parts.filter((_, index) => index % 2 === 0).join('');
  if (parts.length > 1 && !/["$\\`!]/.test(plain) && !hasInvisible(plain)) return `"${text}"`;
  const words = parts.map((part, index) => (index % 2 === 1 ? `"${part}"` : part && enclose(part)));
  return words.join('') || "''";
};

const enclose = (text: string): string =>
  hasInvisible(text)
    ? `$'${text.replaceAll(/['\\]/g, String.raw`\$&`).replaceAll(invisible, escape)}'`
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Characters that would break the line, control the terminal or be invisible. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const hasInvisible = (text: string): boolean => text.search(invisible) >= 0;

/** Escapes each byte, as every version of bash and zsh understands this. */
const escape = (character: string): string => {
  const short = { '\n': String.raw`\n`, '\r': String.raw`\r` }[character];
  const bytes = [...new TextEncoder().encode(character)];
  return short ?? bytes.map((byte) => String.raw`\x` + byte.toString(16).padStart(2, '0')).join('');
};
