import { setMaxListeners } from 'node:events';
import { styleText } from 'node:util';
import type { Breakdown } from '../errors.ts';
import type { Send, Surroundings } from '../http/message.ts';
import type { TransportOptions } from '../http/transport.ts';
import { createFilter } from '../report/redaction.ts';

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Writes a report to the standard output as it is: its values are redacted, and no filter may break it. */
  readonly report: (text: string) => void;
  /** Whether the standard output shows colours. */
  readonly color: boolean;
  /** Whether the standard error is a terminal that can show progress. */
  readonly interactive: boolean;
  /** Columns of the standard error. */
  readonly width: () => number;
  readonly interruption: AbortSignal;
  /** Undefined when nobody can press a key. */
  readonly keyboard?: Keyboard | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The keys that a person presses. */
export interface Keyboard {
  /** Waits for the next key, without Enter; undefined when the signal fires first. */
  readonly next: (signal: AbortSignal) => Promise<string | undefined>;
}

/** The terminal of this process. A first signal interrupts the run, a second ends the process. */
export const createTerminal = (process: NodeJS.Process): Terminal => {
  const interruption = new AbortController();
  // Every wait of a run adds a listener.
  setMaxListeners(0, interruption.signal);
  const interrupt = (): void => {
    // The next signal has its default effect.
    for (const signal of signals) process.off(signal, interrupt);
    interruption.abort();
  };
  for (const signal of signals) process.on(signal, interrupt);
  // A reader of the output, such as `head`, may close it early.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
  const filter = createFilter(process.env);
  return {
    out: (text) => process.stdout.write(filter(text)),
    err: (text) => process.stderr.write(filter(text)),
    report: (text) => process.stdout.write(text),
    color: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    interactive: process.stderr.isTTY,
    width: () => process.stderr.columns,
    interruption: interruption.signal,
    keyboard: process.stdin.isTTY ? createKeyboard(process.stdin) : undefined,
    environment: process.env,
  };
};

/** Keys come one by one only while one is waited for: at other times Ctrl-C is a signal. */
const createKeyboard = (input: NodeJS.ReadStream): Keyboard => ({
  next: (signal) =>
    new Promise((resolve) => {
      const end = (key: string | undefined): void => {
        input.off('data', take);
        input.setRawMode(false);
        input.pause();
        resolve(key);
      };
      const take = (bytes: Buffer): void => {
        signal.removeEventListener('abort', abort);
        end(bytes.toString().charAt(0));
      };
      const abort = (): void => {
        end(undefined);
      };
      if (signal.aborted) {
        resolve(undefined);
        return;
      }
      signal.addEventListener('abort', abort, { once: true });
      input.setRawMode(true);
      input.on('data', take).resume();
    }),
});

const signals = ['SIGINT', 'SIGTERM'] as const;

/** What every command gets in place of the process. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** The clock; `connectBy` adds the network. */
  readonly surroundings: Omit<Surroundings, 'send'>;
  /** Creates the way to a target. */
  readonly connect: (options: TransportOptions) => Send;
  /** Fires when the process can't go on; its reason is the Breakdown that says why. */
  readonly emergency?: AbortSignal;
  /** Registers what is done, at once, if the process ends before the run; returns how to undo it. */
  readonly atSuddenEnd?: (act: (breakdown: Breakdown) => void) => () => void;
  /** The commit of the working folder; undefined outside a work tree. */
  readonly headCommit?: () => string | undefined;
  /** A seed for a run that was given none. */
  readonly randomSeed: () => number;
  /** Sets the exit code of the process. */
  readonly end: (exitCode: number) => void;
}

/** The last line of the standard error, which an interactive terminal overwrites. */
export interface StatusLine {
  /** Shows a text until the next one; does nothing in a log. */
  readonly show: (text: string) => void;
  /** Prints a line that stays. */
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

/** Styles a text where the terminal shows colours. */
export type Paint = (style: 'bold' | 'dim', text: string) => string;

export const createPaint =
  ({ color }: Terminal): Paint =>
  (style, text) =>
    color ? styleText(style, text, { validateStream: false }) : text;
