import { secretName, shortestSecret } from '../targets/keys.ts';

/** A text that no output may contain, and its replacement. */
export interface Secret {
  readonly value: string;
  /** For example `$LEADGRID_KEY`. */
  readonly shownAs: string;
}

/**
 * The secrets in the environment, each replaced by the name of its variable. Those that are too short to
 * be distinguished from other text are refused before they are sent, so that nothing need be replaced.
 */
export const readSecrets = (
  environment: Readonly<Record<string, string | undefined>>,
): readonly Secret[] =>
  Object.entries(environment).flatMap(([name, value]) =>
    secretName.test(name) && value && value.length >= shortest
      ? [{ value, shownAs: `$${name}` }]
      : [],
  );

/**
 * Creates the filter for all output: it replaces keys and tokens by the names of their variables,
 * and anything else that looks like a secret by `***`.
 */
export const createFilter = (
  environment: Readonly<Record<string, string | undefined>>,
): ((text: string) => string) => createRedaction(readSecrets(environment));

/**
 * Creates a filter for these secrets, in every form they can have in a text, and for anything else
 * that looks like a secret.
 *
 * @param made - secrets that the target returned to the run; thousands cost no more than one. Short ones
 *   are replaced only where they are the whole text, as nobody chose them to differ from other text
 */
export const createRedaction = (
  secrets: readonly Secret[],
  made: readonly Secret[] = [],
): ((text: string) => string) => {
  const long = made.filter(({ value }) => value.length >= shortestSecret);
  const whole = new Map(made.map(({ value, shownAs }) => [value, shownAs]));
  const unusual = long.filter(({ value }) => !isWord(value) && !keyPrefix.test(value));
  // One secret may be a part of another.
  const sorted = [...secrets.flatMap(formsOf), ...unusual.flatMap(withReverse)].sort(
    (one, other) => other.value.length - one.value.length,
  );
  const words = new Map(long.flatMap((secret) => wordsOf(secret)));
  const encoded = new Map(long.flatMap((secret) => encodingsOf(secret)));
  const redactTail = createTailRedaction(words);
  const redactEncoded = (text: string): string =>
    encoded.size === 0
      ? text
      : text.replaceAll(/[\w+/-]{16,99999}/g, (word) => encoded.get(toUrlAlphabet(word)) ?? word);
  return (text) => {
    const known = whole.get(text);
    if (known !== undefined) return known;
    const left = sorted.reduce((rest, one) => rest.replaceAll(one.value, () => one.shownAs), text);
    return redactEncoded(left)
      .replaceAll(keyPattern, (found, start: string) => words.get(found) ?? `${start}***`)
      .replaceAll(/[\w-]{6,99999}/g, (word) => words.get(word) ?? redactTail(word) ?? word)
      .replaceAll(/\b(Bearer|Basic) {1,99}[\w.~+/-]{16,99999}={0,9}/gi, '$1 ***')
      .replaceAll(/\b(v1(?:=|%3D))[0-9a-f]{8,99999}/gi, '$1***');
  };
};

/** The prefixes of API keys and webhook secrets. */
const keyPrefix = /^(lg_live_|whsec_)/i;

/**
 * A text with such a prefix. Every repetition in these expressions has a limit: without one, a body
 * of millions of letters would exhaust the memory of the engine.
 */
const keyPattern = /\b(lg_live_|whsec_)[\w-]{1,99999}(?:[.~+/]{1,99}[\w-]{1,99999}){0,9}={0,9}/gi;

/** The key, the key without its prefix, which reveals as much, and both backwards. */
const wordsOf = ({ value, shownAs }: Secret): [string, string][] => {
  const rest = value.replace(keyPrefix, '');
  const backwards: [string, string] = [reverse(value), shownAs];
  return rest === value || !isWord(rest)
    ? [[value, shownAs], backwards]
    : [[value, shownAs], backwards, [rest, '***'], [reverse(rest), '***']];
};

/** The secret alone in base64, and as the name or the password of Basic credentials. */
const encodingsOf = ({ value, shownAs }: Secret): [string, string][] =>
  [value, `${value}:`, `:${value}`].map((text) => [
    Buffer.from(text).toString('base64url'),
    shownAs,
  ]);

/** Base64 has two alphabets. */
const toUrlAlphabet = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

const reverse = (text: string): string => Array.from(text).reverse().join('');

const withReverse = ({ value, shownAs }: Secret): Secret[] => [
  { value, shownAs },
  { value: reverse(value), shownAs },
];

/** Replaces a secret behind another prefix, such as `sk_live_`. */
const createTailRedaction = (words: ReadonlyMap<string, string>) => {
  const longest = Math.max(0, ...Array.from(words.keys(), ({ length }) => length));
  return (word: string): string | undefined => {
    // A tail that is longer than every secret needn't be looked up.
    const front = Math.max(0, word.length - longest - 1);
    const cuts = [...word.slice(front).matchAll(/_/g)].map(({ index }) => front + index + 1);
    const cut = cuts.find((start) => words.has(word.slice(start)));
    return cut === undefined ? undefined : `${word.slice(0, cut)}***`;
  };
};

const isWord = (value: string): boolean => /^[\w-]{6,}$/.test(value);

/** The secret as it is, backwards, and as it appears in JSON, in a URL and in Basic credentials. */
const formsOf = ({ value, shownAs }: Secret): Secret[] => {
  const rest = value.replace(keyPrefix, '');
  const plain = rest.length < shortest ? [value] : [value, rest];
  const cores = value.length < shortest ? [] : [0, 1, 2].map((offset) => base64Core(value, offset));
  const forms = [
    ...plain.flatMap((text) => (text.length < shortest ? [text] : [text, reverse(text)])),
    ...[JSON.stringify(value).slice(1, -1), encodeURIComponent(value)],
    // A query encodes more characters than other parts of a URL.
    new URLSearchParams({ '': value }).toString().slice(1),
    ...cores.flatMap((core) => [core, toUrlAlphabet(core)]),
  ];
  return [...new Set(forms)].map((form) => ({ value: form, shownAs }));
};

/**
 * A part of a shorter text, such as its base64, is so short that it would match by accident. A whole secret
 * of the environment is never so short: a run refuses it.
 */
const shortest = 8;

/** The base64 of a text inside a longer one, at this offset modulo three. */
const base64Core = (value: string, offset: number): string => {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return whole.slice(offset === 0 ? 0 : 4);
};
