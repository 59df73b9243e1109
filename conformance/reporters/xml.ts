/** An element with what is in it, each on a line of its own unless told otherwise. */
export const element = (
  name: string,
  values: Readonly<Record<string, string>>,
  inner: readonly string[],
  separator = '\n',
): string => {
  const head = `${name}${attributes(values)}`;
  if (inner.length === 0) return `<${head}/>`;
  return `<${head}>${[separator, inner.join(separator), separator].join('')}</${name}>`;
};

export const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${text(value).replaceAll(/["\n\t]/g, reference)}"`)
    .join('');

/** Text as XML can hold it: some characters have to be told otherwise, some can't stand in it. */
export const text = (value: string): string =>
  value.replaceAll(forbidden, '\u{FFFD}').replaceAll(/[&<>\r]/g, reference);

// XML 1.0 knows no way to tell these, not even by number; half a character is none at all.
// eslint-disable-next-line no-control-regex -- they are what it is about
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

const names: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
};

const reference = (character: string): string =>
  names[character] ?? `&#${String(character.codePointAt(0))};`;
