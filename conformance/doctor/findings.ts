import { styleText } from 'node:util';

/** The chapters of the output, in this order. */
const chapters = [
  'Target',
  'Provisioning',
  'Keys',
  'Rate limit',
  'Webhooks',
  'Verification',
] as const;

/** A finding about a target, from reads alone. */
export interface Finding {
  readonly chapter: (typeof chapters)[number];
  /**
   * `warn` is worth knowing; `open` leaves requirements unverified; `wrong` is a mistake in the
   * configuration; `down` is a target that doesn't respond.
   */
  readonly mark: 'ok' | 'warn' | 'open' | 'wrong' | 'down';
  /** What was found, as a sentence. */
  readonly text: string;
  /** What to do about it. */
  readonly next?: string;
  /** The ids of the requirements that it concerns. */
  readonly requirements?: readonly string[];
}

/** 4 no response, otherwise 2 a mistake in the configuration, 3 something stays unverified, 0 none. */
export const exitCodeOfFindings = (findings: readonly Finding[]): 0 | 2 | 3 | 4 => {
  const found = (mark: Finding['mark']) => findings.some((finding) => finding.mark === mark);
  if (found('down')) return 4;
  if (found('wrong')) return 2;
  return found('open') ? 3 : 0;
};

type Style = 'green' | 'yellow' | 'red' | 'dim' | 'bold';

const marks = {
  ok: ['green', 'ok  '],
  warn: ['yellow', 'warn'],
  open: ['yellow', 'open'],
  wrong: ['red', 'fail'],
  down: ['red', 'fail'],
} as const satisfies Readonly<Record<Finding['mark'], readonly [Style, string]>>;

/** The findings by chapter, and a conclusion. */
export const formatFindings = (
  findings: readonly Finding[],
  { color }: { readonly color: boolean },
): string => {
  const paint = (style: Style, text: string): string =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const formatFinding = ({ mark, text, next, requirements = [] }: Finding): string[] => {
    const [style, word] = marks[mark];
    const [first = '', ...rest] = [text, ...(next === undefined ? [] : [next])].flatMap(wrap);
    return [
      `  ${paint(style, word)}  ${first}`,
      ...rest.map((line) => indent + line),
      ...inLines(requirements).map((line) => paint('dim', indent + line)),
    ];
  };
  const sections = chapters.flatMap((chapter) => {
    const own = findings.filter((finding) => finding.chapter === chapter);
    return own.length === 0 ? [] : [paint('bold', chapter), ...own.flatMap(formatFinding), ''];
  });
  return [...sections, conclusions[exitCodeOfFindings(findings)], ''].join('\n');
};

const conclusions = {
  0: 'All is well: a run can verify everything that a client can observe.',
  2: 'Correct everything marked with fail before a run.',
  3: 'A run will be incomplete: everything marked with open stays unverified.',
  4: 'There is no target to test yet.',
} as const;

/** The width of the marks. */
const indent = ' '.repeat(8);

/** Wraps a sentence between words. */
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

/** Ids in a few lines, and how many more there are. */
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
