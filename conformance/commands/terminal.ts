import { createFilter } from '../secrets.ts';

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
