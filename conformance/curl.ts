import { errorCodeOf } from './world/expectations.ts';
import type { Exchange } from './world/exchange.ts';

const longestBody = 1_000;

/** Tells an exchange as a curl line that can be pasted, with secrets as variables. */
export const toCurl = ({ request, response, json }: Exchange): { curl: string; answer: string } => {
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `-H ${tellHeader(name, value)}`,
  );
  const method = request.method === 'GET' ? [] : [`-X ${request.method}`];
  const words = ['curl', ...method, quote(request.url), ...headers, ...bodyOf(request.body)];
  const code = errorCodeOf(json);
  const answer = [response.status, code, shorten(response.body, 300)].filter(Boolean).join(' ');
  return { curl: withoutKeys(words.join(' ')), answer: withoutKeys(answer) };
};

/** Credentials are told as a variable, whatever they are; their scheme as it was sent. */
const tellHeader = (name: string, value: string): string => {
  if (name.toLowerCase() !== 'authorization') return quote(`${name}: ${value}`);
  const cut = value.indexOf(' ');
  return cut < 0 ? quote(`${name}: ${value}`) : `"${name}: ${value.slice(0, cut)} $LEADGRID_KEY"`;
};

/** Whatever looks like a key, wherever it stands. */
const withoutKeys = (text: string): string => text.replaceAll(/lg_live_[\w-]+/gi, 'lg_live_***');

const bodyOf = (body: Uint8Array): string[] => {
  if (body.length === 0) return [];
  const text = new TextDecoder('utf-8', { fatal: false }).decode(body);
  const readable = !text.includes('\uFFFD') && body.length <= longestBody;
  if (readable) return [`--data-binary ${quote(text)}`];
  return [`--data-binary @body # ${String(body.length)} bytes`];
};

const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

const shorten = (text: string, length: number): string => {
  // A target's body must not speak to the terminal.
  const line = text.replaceAll(/\s+/g, ' ').replaceAll(/\p{Cc}/gu, '\u{FFFD}');
  return line.length > length ? `${line.slice(0, length)}…` : line;
};
