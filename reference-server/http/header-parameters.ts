/** A header of the form `value; name=text; …`, as Content-Type and Content-Disposition are. */
export interface HeaderValue {
  /** What stands before the parameters, in lower case. */
  readonly value: string;
  /** The parameters by their names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Why the header can't be read with certainty, as the end of a sentence about it. */
  readonly problem: string | undefined;
}

const gap = /[ \t;]*/y;
/** The name of a parameter, and whether a text follows it. */
const label = /([^\s=;"]+)[ \t]*(=?)[ \t]*/y;
/** A text in quotes as RFC 9110 has it: a backslash takes the meaning of a sign away. */
const quoted = /"((?:[^\\"]|\\.)*)"(?=[ \t]*(?:;|$))/sy;
/** A text in quotes that has bare quotes in it, or a backslash before the last one. */
const quotedLoosely = /"([^;\r\n]*?)"(?=[ \t]*(?:;|$))/y;
/** Words up to the semicolon, without the blanks behind the last one. */
const bare = /[^; \t]*(?:[ \t]+[^; \t]+)*/y;
const end = /(?=;|$)/y;
// eslint-disable-next-line no-control-regex -- they are what it looks for
const control = /[\x00-\x08\x0a-\x1f\x7f]/;

const strayLineBreak = 'has a line break or control character outside of quotes';

/** Parameters that decide what is read: two texts for one of them are a contradiction. */
const decisive: ReadonlySet<string> = new Set(['name', 'name*', 'boundary', 'charset']);

/**
 * Reads a header with parameters as the clients of this world write them: with a semicolon at the
 * end, blanks around the `=`, texts without quotes, or quotes within quotes. What could mean two
 * things in a parameter that matters is a problem; it is never guessed at.
 */
export const readHeaderValue = (text: string): HeaderValue => {
  const [first = ''] = text.split(';', 1);
  const parameters = new Map<string, string>();
  const named = { value: first.trim().toLowerCase(), parameters };
  if (control.test(first)) return { ...named, problem: strayLineBreak };
  if (/[\s="]/.test(named.value)) return { ...named, problem: 'needs a semicolon after its value' };
  const scan = createScanner(text, first.length);
  scan(gap);
  while (!scan.atEnd()) {
    const found = readParameter(scan);
    if (typeof found === 'string') return { ...named, problem: found };
    const [name, value] = found;
    const earlier = parameters.get(name);
    if (earlier !== undefined && earlier !== value && decisive.has(name)) {
      return { ...named, problem: `has two different texts for ${name}` };
    }
    if (value !== undefined) parameters.set(name, value);
    scan(gap);
  }
  return { ...named, problem: undefined };
};

interface Scanner {
  (pattern: RegExp): RegExpExecArray | undefined;
  readonly atEnd: () => boolean;
}

/** Takes what a sticky pattern finds at the place that was reached. */
const createScanner = (text: string, start: number): Scanner => {
  let at = start;
  const scan = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text) ?? undefined;
    at += found?.[0].length ?? 0;
    return found;
  };
  return Object.assign(scan, { atEnd: () => at >= text.length });
};

/** Reads one parameter, which is without a text if there is no `=`; or says what is wrong with it. */
const readParameter = (scan: Scanner): readonly [string, string | undefined] | string => {
  const [, spelled, equals] = scan(label) ?? [];
  if (spelled === undefined) return 'has a parameter without a name';
  if (control.test(spelled)) return strayLineBreak;
  const name = spelled.toLowerCase();
  if (equals === '') {
    return scan(end) ? [name, undefined] : `needs an equals sign or a semicolon after ${name}`;
  }
  const strict = scan(quoted)?.[1]?.replaceAll(/\\([\\"])/g, '$1');
  if (strict !== undefined) return [name, strict];
  const loose = scan(quotedLoosely)?.[1];
  if (loose !== undefined) {
    return decisive.has(name) ? `has a quote within the quotes of ${name}` : [name, loose];
  }
  const text = scan(bare)?.[0] ?? '';
  if (text.startsWith('"')) return `has quotes around ${name} that do not close`;
  if (control.test(text)) return strayLineBreak;
  // Only a boundary may hold `=` without quotes; elsewhere a semicolon was forgotten.
  const several = name === 'boundary' ? /[\s"]/ : /[\s"=]/;
  if (decisive.has(name) && several.test(text)) return `needs quotes around the text of ${name}`;
  return [name, name === 'name' ? text.replace(/^'(.+)'$/, '$1') : text];
};
