import { styleText } from 'node:util';
import type { Surroundings } from '../http/transport.ts';
import { createFilter } from '../report/redaction.ts';

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether the standard output shows colours. */
  readonly color: boolean;
  /** What all output went through, and files must go through, so that they tell no secrets. */
  readonly filter: (text: string) => string;
  /** Whether somebody watches the progress. */
  readonly interactive: boolean;
  /** How many letters a line of the standard error holds. */
  readonly width: () => number;
  readonly interruption: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The terminal of this process. A first interruption is an appeal, a second one ends it hard. */
export const createTerminal = (process: NodeJS.Process): Terminal => {
  const interruption = new AbortController();
  const interrupt = (): void => {
    // From here on the signals do what they do to any process.
    for (const signal of signals) process.off(signal, interrupt);
    interruption.abort();
  };
  for (const signal of signals) process.on(signal, interrupt);
  // Whoever read the output (a pager, `head`) may have seen enough: that is no breakdown.
  process.stdout.on('error', () => undefined);
  const filter = createFilter(process.env);
  return {
    out: (text) => process.stdout.write(filter(text)),
    err: (text) => process.stderr.write(filter(text)),
    filter,
    color: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    interactive: process.stderr.isTTY,
    width: () => process.stderr.columns,
    interruption: interruption.signal,
    environment: process.env,
  };
};

const signals = ['SIGINT', 'SIGTERM'] as const;

/** What every command is given, so that none reaches for the process itself. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly surroundings: Surroundings;
  /** A seed for a run that was given none. */
  readonly randomSeed: () => number;
  /** Sets the exit code that the process ends with, once all is written. */
  readonly end: (exitCode: number) => void;
}

/** The last line of the standard error, which changes for those who watch. */
export interface StatusLine {
  /** Shows something for the time being; a log is spared it. */
  readonly show: (text: string) => void;
  /** Says something that stays. */
  readonly say: (line: string) => void;
  readonly erase: () => void;
}

export const createStatusLine = ({ interactive, err, width }: Terminal): StatusLine => {
  const erase = (): void => {
    // Carriage return, and erase to the end of the line.
    if (interactive) err('\r\u001B[K');
  };
  return {
    erase,
    show: (text) => {
      erase();
      // A line that wraps could not be erased again.
      if (interactive) err(text.slice(0, width() - 1));
    },
    say: (line) => {
      erase();
      err(`${line}\n`);
    },
  };
};

/** Sets a text off, where that shows. */
export type Paint = (style: 'bold' | 'dim', text: string) => string;

export const createPaint =
  ({ color }: Terminal): Paint =>
  (style, text) =>
    color ? styleText(style, text, { validateStream: false }) : text;
