import type { Contract } from '../../../openapi/contract.ts';
import type { AnswerCheck } from './answer-checks.ts';
import type { Start } from './server-process.ts';

/** Something that must not be, with the shortest way to see it again. */
export interface Finding {
  readonly part: string;
  /** What happened, in one line. */
  readonly what: string;
  /** A command that sends the same again. */
  readonly repeat: string;
  /** How often the same was seen. */
  readonly times: number;
  /** The exact bytes in hexadecimal, where bytes are the cause. */
  readonly bytes?: string;
}

/** What a part has done so far. */
export interface Findings {
  readonly part: string;
  /** Counts an answer; 0 stands for none. */
  readonly count: (status: number) => void;
  readonly requests: () => number;
  /** Takes a finding; of those with the same kind the first is kept and the others are counted. */
  readonly find: (kind: string, finding: Omit<Finding, 'part' | 'times'>) => void;
  /** Whether something of this kind was found before. */
  readonly knows: (kind: string) => boolean;
  /** A figure for people, such as the memory before and after. */
  readonly note: (line: string) => void;
  readonly close: (milliseconds: number) => Figures;
}

/** What came of a part. */
export interface Figures {
  readonly part: string;
  readonly requests: number;
  readonly seconds: number;
  /** Answers by the class of their status, such as `2xx`; `none` for those without. */
  readonly classes: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
  readonly findings: readonly Finding[];
}

export const createFindings = (part: string): Findings => {
  const classes = new Map<string, number>();
  const findings = new Map<string, Finding>();
  const notes: string[] = [];
  let requests = 0;
  return {
    part,
    requests: () => requests,
    count: (status) => {
      requests += 1;
      const name = status === 0 ? 'none' : `${Math.floor(status / 100)}xx`;
      classes.set(name, (classes.get(name) ?? 0) + 1);
    },
    find: (kind, finding) => {
      const known = findings.get(kind);
      findings.set(kind, {
        ...(known ?? { part, ...finding }),
        times: (known?.times ?? 0) + 1,
      });
    },
    knows: (kind) => findings.has(kind),
    note: (line) => void notes.push(line),
    close: (milliseconds) => ({
      ...{ part, requests, notes, findings: [...findings.values()] },
      seconds: milliseconds / 1000,
      classes: Object.fromEntries([...classes].sort(([one], [other]) => (one < other ? -1 : 1))),
    }),
  };
};

/** What a part did, for people. */
export const formatFigures = ({ part, requests, seconds, classes, ...rest }: Figures): string => {
  const rate = Math.round(requests / Math.max(seconds, 0.001));
  const answers = Object.entries(classes).map(([name, count]) => `${count} ${name}`);
  const lines = [
    `${part}: ${requests} requests in ${seconds.toFixed(1)} s (${rate}/s): ${answers.join(', ')}`,
    ...rest.notes.map((note) => `  ${note}`),
    ...rest.findings.flatMap(formatFinding),
  ];
  return lines.join('\n');
};

/** The longest command that is shown; whoever wants a longer one writes a report. */
const longestShown = 1200;

const formatFinding = ({ what, repeat, times }: Finding): string[] => [
  `  FOUND ${what.slice(0, longestShown)}${times > 1 ? ` (${times} times)` : ''}`,
  `    again: ${repeat.slice(0, longestShown)}${repeat.length > longestShown ? ' … (--report has all of it)' : ''}`,
];

/** What all parts of the attack share. */
export interface Attack {
  readonly contract: Contract;
  readonly judge: AnswerCheck;
  readonly seed: number;
  /** Starts the server that is attacked. */
  readonly start: Start;
  /** How many requests the fuzzer sends. */
  readonly requests: number;
  /** How often the server is killed under load. */
  readonly kills: number;
  /** Whether what takes long or much memory is left out. */
  readonly short: boolean;
  /** Takes a line about how far it is. */
  readonly log: (line: string) => void;
}

/** A part of the attack: writes what it finds into the ledger. */
export type Part = (attack: Attack, ledger: Findings) => Promise<void>;

/** The command that repeats a part. */
export const repeatCommand = ({ seed }: Attack, part: string): string =>
  `npm run fire -- --only ${part} --seed ${seed}`;
