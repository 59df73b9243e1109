/** Characters that are shown before and after the part that differs. */
const around = 40;
/** Shorter texts are shown whole. */
const short = 160;

/**
 * Two long texts that mostly agree, each cut to the part that differs; others as they are. What comes
 * before the value in the first text, such as `the ids on all pages [`, stays.
 */
export const showDifference = (expected: string, actual: string): readonly [string, string] => {
  if (expected.length <= short && actual.length <= short) return [expected, actual];
  const start = actual === '' ? -1 : expected.indexOf(actual[0] ?? '');
  if (start < 0) return [expected, actual];
  const lead = expected.slice(0, start);
  const wanted = expected.slice(start);
  const same = commonPrefix(wanted, actual);
  const end = commonSuffix(wanted.slice(same), actual.slice(same));
  if (same < around && end < around) return [expected, actual];
  return [lead + cut(wanted, same, end), cut(actual, same, end)];
};

const commonPrefix = (one: string, other: string): number => {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
};

const commonSuffix = (one: string, other: string): number => {
  let length = 0;
  while (
    length < one.length &&
    length < other.length &&
    one.at(-1 - length) === other.at(-1 - length)
  )
    length += 1;
  return length;
};

/** The text between what is the same at its start and at its end, with a little of both. */
const cut = (text: string, same: number, end: number): string => {
  const from = Math.max(0, same - around);
  const to = Math.min(text.length, text.length - end + around);
  return (from > 0 ? '…' : '') + text.slice(from, to) + (to < text.length ? '…' : '');
};
