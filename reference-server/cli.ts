import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { readContract } from '../openapi/contract.ts';
import { type Config, readOptions } from './config.ts';
import { writeBanner } from './playground/banner.ts';
import { surviveUncaughtErrors, UsageError } from './runtime/errors.ts';
import { type RunningServer, startServer } from './server.ts';
import { createState, type State } from './state/state.ts';
import { NotKept } from './state/transaction.ts';

/** A usage or configuration error, which the user can fix. */
const usageExitCode = 2;
/** An internal error. */
const breakdownExitCode = 4;

const print = (text: string): void => void process.stdout.write(text);

/** The first line is also parsed by programs that start the server; the rest is for people. */
const announce = (server: RunningServer, config: Config, { organizations }: State): void => {
  const { url, controlUrl, demo, publicSeed } = server;
  const line = `LeadGrid reference server listening at ${url} (control: ${controlUrl ?? 'off'})\n`;
  const scopes = (): readonly string[] => readContract().scopes;
  const organization = organizations.rows.at(0);
  const color = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  const bold = (text: string): string =>
    color ? styleText('bold', text, { validateStream: false }) : text;
  const welcome = { url, controlUrl, demo, publicSeed, config, organization, scopes };
  print(line + writeBanner(welcome, bold));
};

const fail = (error: unknown): never => {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) process.exit(0);
    const reason = error.message.replace(/^error: /, '').replace(/\s+/g, ' ');
    process.stderr.write(`${reason}; see --help.\n`);
    process.exit(usageExitCode);
  }
  if (error instanceof UsageError || error instanceof NotKept) {
    process.stderr.write(`${error.message}\n`);
    process.exit(usageExitCode);
  }
  const story = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`The server broke down: ${story ?? ''}\n`);
  process.exit(breakdownExitCode);
};

// The reader of the output may have exited; the server keeps running.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
/** A function, since the CommonJS build has no top-level await. */
const start = async (): Promise<void> => {
  try {
    const { config, log, exitWithParent } = readOptions(process.argv, process.env);
    const state = createState();
    const sayLine = (line: string): void => {
      print(`${line}\n`);
    };
    const server = await startServer(config, { state, ...(log && { log: sayLine }) });
    surviveUncaughtErrors((line) => void process.stderr.write(`${line}\n`));
    stopInTime(server, config, { exitWithParent, say: print, fail });
    announce(server, config, state);
  } catch (error) {
    fail(error);
  }
};

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * On Ctrl-C the terminal and npm both send the signal: signals within this time, in milliseconds,
 * count as one.
 */
const sameSignalWithin = 300;

/**
 * Stops the server on a signal, or when standard input is closed. Responses and deliveries that are
 * in progress end first. A second signal ends the process at once.
 */
const stopInTime = (
  server: RunningServer,
  { db }: Config,
  { exitWithParent, say, fail }: StopOptions,
): void => {
  let stopping = false;
  const hurry = (): void => {
    for (const signal of signals) process.removeListener(signal, stop);
    say('\nWaiting for answers and webhooks on their way; Ctrl-C again ends it at once.\n');
  };
  const finish = (left: number): void => {
    if (left > 0) say(describeLeft(left, db));
    process.exit(0);
  };
  function stop(): void {
    if (stopping) return;
    stopping = true;
    setTimeout(hurry, sameSignalWithin).unref();
    server.close().then(finish, fail);
  }
  for (const signal of signals) process.on(signal, stop);
  if (exitWithParent) process.stdin.resume().once('end', stop).once('error', stop);
};

const describeLeft = (left: number, db: string | undefined): string => {
  const what = left === 1 ? '1 webhook delivery was' : `${left} webhook deliveries were`;
  const then = db === undefined ? 'lost' : `left, to be made when ${db} is opened again`;
  return `Stopped; ${what} ${then}.\n`;
};

void start();

interface StopOptions {
  /** Whether to stop when standard input is closed. */
  readonly exitWithParent: boolean;
  readonly say: (text: string) => void;
  readonly fail: (error: unknown) => never;
}
