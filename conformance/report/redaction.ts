/** A text that no output may contain, and its replacement. */
export interface Secret {
  readonly value: string;
  /** For example `$LEADGRID_KEY`. */
  readonly shownAs: string;
}

/** The environment variables with secrets. */
const secretName = /^LEADGRID_.*(KEY|TOKEN|SECRET)$/;

/** The secrets in the environment, each replaced by the name of its variable. */
export const readSecrets = (
  environment: Readonly<Record<string, string | undefined>>,
): readonly Secret[] =>
  Object.entries(environment).flatMap(([name, value]) =>
    secretName.test(name) && value ? [{ value, shownAs: `$${name}` }] : [],
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
 * @param made - secrets that the target returned to the run; thousands cost no more than one
 */
export const createRedaction = (
  secrets: readonly Secret[],
  made: readonly Secret[] = [],
): ((text: string) => string) => {
  const unusual = made.filter(({ value }) => !isWord(value) && !keyPrefix.test(value));
  // One secret may be a part of another.
  const sorted = [...secrets.flatMap(formsOf), ...unusual].sort(
    (one, other) => other.value.length - one.value.length,
  );
  const words = new Map(made.flatMap((secret) => wordsOf(secret)));
  const redactTail = createTailRedaction(words);
  return (text) =>
    sorted
      .reduce((left, { value, shownAs }) => left.replaceAll(value, () => shownAs), text)
      .replaceAll(keyPattern, (whole, start: string) => words.get(whole) ?? `${start}***`)
      .replaceAll(/[\w-]{6,99999}/g, (word) => words.get(word) ?? redactTail(word) ?? word)
      .replaceAll(/\b(Bearer|Basic) {1,99}[\w.~+/-]{16,99999}={0,9}/gi, '$1 ***')
      .replaceAll(/\b(v1(?:=|%3D))[0-9a-f]{8,99999}/gi, '$1***');
};

/** The prefixes of API keys and webhook secrets. */
const keyPrefix = /^(lg_live_|whsec_)/i;

/**
 * A text with such a prefix. Every repetition in these expressions has a limit: without one, a body
 * of millions of letters would exhaust the memory of the engine.
 */
const keyPattern = /\b(lg_live_|whsec_)[\w-]{1,99999}(?:[.~+/]{1,99}[\w-]{1,99999}){0,9}={0,9}/gi;

/** The key, and the key without its prefix, which reveals as much. */
const wordsOf = ({ value, shownAs }: Secret): [string, string][] => {
  const rest = value.replace(keyPrefix, '');
  return rest === value || !isWord(rest)
    ? [[value, shownAs]]
    : [
        [value, shownAs],
        [rest, '***'],
      ];
};

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

/** The secret as it is, and as it appears in JSON, in a URL and in Basic credentials. */
const formsOf = ({ value, shownAs }: Secret): Secret[] => {
  const rest = value.replace(keyPrefix, '');
  const forms = [
    ...[value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)],
    ...(rest.length < shortest ? [] : [rest]),
    ...(value.length < shortest ? [] : [0, 1, 2].map((offset) => base64Core(value, offset))),
  ];
  return [...new Set(forms)].map((form) => ({ value: form, shownAs }));
};

/** The base64 of a shorter text is so short that it would match by accident. */
const shortest = 8;

/** The base64 of a text inside a longer one, at this offset modulo three. */
const base64Core = (value: string, offset: number): string => {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return whole.slice(offset === 0 ? 0 : 4);
};
