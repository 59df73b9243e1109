import { styleText } from 'node:util';
import { chapters, exitCodeOf, type Finding } from './finding.ts';

type Style = 'green' | 'yellow' | 'red' | 'dim' | 'bold';

const marks = {
  ok: ['green', 'ok  '],
  warn: ['yellow', 'warn'],
  open: ['yellow', 'open'],
  wrong: ['red', 'fail'],
  down: ['red', 'fail'],
} as const satisfies Readonly<Record<Finding['mark'], readonly [Style, string]>>;

/** Tells findings chapter by chapter, and at the end what follows from them. */
export const tellFindings = (
  findings: readonly Finding[],
  { color }: { readonly color: boolean },
): string => {
  const paint = (style: Style, text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const tellOne = ({ mark, text, next, requirements = [] }: Finding): string[] => {
    const [style, word] = marks[mark];
    const [first = '', ...rest] = [text, ...(next === undefined ? [] : [next])].flatMap(wrap);
    return [
      `  ${paint(style, word)}  ${first}`,
      ...rest.map((line) => indent + line),
      ...inLines(requirements).map((line) => paint('dim', indent + line)),
    ];
  };
  const told = chapters.flatMap((chapter) => {
    const own = findings.filter((finding) => finding.chapter === chapter);
    return own.length === 0 ? [] : [paint('bold', chapter), ...own.flatMap(tellOne), ''];
  });
  return [...told, conclusions[exitCodeOf(findings)], ''].join('\n');
};

const conclusions = {
  0: 'All is well: a run can verify everything that a client can see.',
  2: 'What is marked with fail must be corrected before a run.',
  3: 'A run will be incomplete: what is marked with open stays unverified.',
  4: 'There is nothing to judge yet.',
} as const;

/** As wide as the marks. */
const indent = ' '.repeat(8);

/** Breaks a sentence between words. */
const wrap = (sentence: string): string[] => {
  const lines = [''];
  for (const word of sentence.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= widest) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
};

const widest = 88;

/** A few ids to a line, and how many more there are. */
const inLines = (ids: readonly string[]): string[] => {
  const shown = ids.slice(0, mostLines * perLine);
  const lines = Array.from({ length: Math.ceil(shown.length / perLine) }, (_, index) =>
    shown.slice(index * perLine, (index + 1) * perLine).join(' '),
  );
  const more = ids.length - shown.length;
  return more === 0 ? lines : [...lines, `and ${String(more)} more`];
};

const perLine = 7;
const mostLines = 2;
