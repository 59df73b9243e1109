import type { Contract } from '../../../openapi/contract.ts';
import type { AnswerCheck } from './answer-checks.ts';
import type { Start } from './server-process.ts';

/** Something wrong, with the shortest command that shows it again. */
export interface Finding {
  readonly part: string;
  /** What is wrong, in one line. */
  readonly what: string;
  /** A command that repeats it. */
  readonly repeat: string;
  /** The number of times it was seen. */
  readonly times: number;
  /** The request in hexadecimal, where a request is the cause. */
  readonly bytes?: string;
}

/** Collects the findings and figures of a part. */
export interface Findings {
  readonly part: string;
  /** Counts a response; status 0 is a request without one. */
  readonly count: (status: number) => void;
  readonly requests: () => number;
  /** Adds a finding; of those of the same kind the first is kept and the others are counted. */
  readonly add: (kind: string, finding: Omit<Finding, 'part' | 'times'>) => void;
  /** Whether there is a finding of this kind already. */
  readonly has: (kind: string) => boolean;
  /** Adds a line to the output, such as the memory before and after. */
  readonly note: (line: string) => void;
  readonly close: (milliseconds: number) => Figures;
}

/** The result of a part. */
export interface Figures {
  readonly part: string;
  readonly requests: number;
  readonly seconds: number;
  /** The number of responses by status class, such as `2xx`; `none`: requests without one. */
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
    add: (kind, finding) => {
      const known = findings.get(kind);
      findings.set(kind, {
        ...(known ?? { part, ...finding }),
        times: (known?.times ?? 0) + 1,
      });
    },
    has: (kind) => findings.has(kind),
    note: (line) => void notes.push(line),
    close: (milliseconds) => ({
      ...{ part, requests, notes, findings: [...findings.values()] },
      seconds: milliseconds / 1000,
      classes: Object.fromEntries([...classes].sort(([one], [other]) => (one < other ? -1 : 1))),
    }),
  };
};

/** The result of a part as text. */
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

/** The longest message or command that is printed, in characters; the report has all of it. */
const longestShown = 1200;

const formatFinding = ({ what, repeat, times }: Finding): string[] => [
  `  FOUND ${what.slice(0, longestShown)}${times > 1 ? ` (${times} times)` : ''}`,
  `    again: ${repeat.slice(0, longestShown)}${repeat.length > longestShown ? ' … (--report has all of it)' : ''}`,
];

/** The context of an attack, shared by all parts. */
export interface Attack {
  readonly contract: Contract;
  readonly check: AnswerCheck;
  readonly seed: number;
  /** Starts the server that is attacked. */
  readonly start: Start;
  /** The number of requests that the fuzzer sends. */
  readonly requests: number;
  /** The number of times that the server is killed under load. */
  readonly kills: number;
  /** Whether to leave out what takes long or much memory. */
  readonly short: boolean;
  /** Called with a progress line. */
  readonly log: (line: string) => void;
}

/** A part of the attack, which adds its findings. */
export type Part = (attack: Attack, findings: Findings) => Promise<void>;

/** The command that repeats a part. */
export const repeatCommand = ({ seed }: Attack, part: string): string =>
  `npm run fire -- --only ${part} --seed ${seed}`;
