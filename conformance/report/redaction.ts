/** Something that no report may tell, and what is told in its place. */
export interface Secret {
  readonly value: string;
  /** Such as `$LEADGRID_KEY`. */
  readonly shownAs: string;
}

/** The variables whose values are nobody's business. */
const secretName = /^LEADGRID_.*(KEY|TOKEN|SECRET)$/;

/** The secrets that the environment holds, each told by the name of its variable. */
export const readSecrets = (
  environment: Readonly<Record<string, string | undefined>>,
): readonly Secret[] =>
  Object.entries(environment).flatMap(([name, value]) =>
    secretName.test(name) && value ? [{ value, shownAs: `$${name}` }] : [],
  );

/**
 * Makes the filter that all output goes through: keys and tokens are told by the names of their
 * variables, and whatever else looks like a secret is told as one.
 */
export const createFilter = (
  environment: Readonly<Record<string, string | undefined>>,
): ((text: string) => string) => createRedaction(readSecrets(environment));

/**
 * Makes a filter for these secrets, in whatever form they stand in a text, and for whatever else
 * looks like one.
 *
 * @param made - secrets that the run was given; thousands of them cost no more than one
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

/** What looks like a secret wherever it comes from: the beginnings of keys and webhook secrets. */
const keyPrefix = /^(lg_live_|whsec_)/i;

/**
 * One of those, whatever letters it goes on with. No part of an expression here goes on for ever: in
 * a body of millions of letters that would end the run, as the engine remembers each of them.
 */
const keyPattern = /\b(lg_live_|whsec_)[\w-]{1,99999}(?:[.~+/]{1,99}[\w-]{1,99999}){0,9}={0,9}/gi;

/** A key without its beginning is as good as the key. */
const wordsOf = ({ value, shownAs }: Secret): [string, string][] => {
  const rest = value.replace(keyPrefix, '');
  return rest === value || !isWord(rest)
    ? [[value, shownAs]]
    : [
        [value, shownAs],
        [rest, '***'],
      ];
};

/** Tells a secret behind another beginning, such as `sk_live_`. */
const createTailRedaction = (words: ReadonlyMap<string, string>) => {
  const longest = Math.max(0, ...Array.from(words.keys(), ({ length }) => length));
  return (word: string): string | undefined => {
    // What is longer than every secret is none, and needn't be looked up.
    const front = Math.max(0, word.length - longest - 1);
    const cuts = [...word.slice(front).matchAll(/_/g)].map(({ index }) => front + index + 1);
    const cut = cuts.find((start) => words.has(word.slice(start)));
    return cut === undefined ? undefined : `${word.slice(0, cut)}***`;
  };
};

const isWord = (value: string): boolean => /^[\w-]{6,}$/.test(value);

/** As it is, and as JSON, a URL or Basic credentials would hold it. */
const formsOf = ({ value, shownAs }: Secret): Secret[] => {
  const rest = value.replace(keyPrefix, '');
  const forms = [
    ...[value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)],
    ...(rest.length < shortest ? [] : [rest]),
    ...(value.length < shortest ? [] : [0, 1, 2].map((offset) => base64Core(value, offset))),
  ];
  return [...new Set(forms)].map((form) => ({ value: form, shownAs }));
};

/** A shorter one would leave base64 that stands for anything. */
const shortest = 8;

/** What base64 makes of a text wherever it stands in a longer one, at this offset modulo three. */
const base64Core = (value: string, offset: number): string => {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  return whole.slice(offset === 0 ? 0 : 4);
};
