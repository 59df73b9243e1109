import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { readContract } from '../openapi/contract.ts';
import { type Config, readOptions } from './config.ts';
import { formatBanner } from './playground/banner.ts';
import { surviveUncaughtErrors, UsageError } from './runtime/errors.ts';
import { type RunningServer, startServer } from './server.ts';
import { createState, type State } from './state/state.ts';
import { NotSaved } from './state/transaction.ts';

/** A usage or configuration error, which the user can fix. */
const usageExitCode = 2;
/** An internal error. */
const internalErrorExitCode = 4;

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
  const bannerData = { url, controlUrl, demo, publicSeed, config, organization, scopes };
  print(line + formatBanner(bannerData, bold));
};

const fail = (error: unknown): never => {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) process.exit(0);
    const reason = error.message.replace(/^error: /, '').replace(/\s+/g, ' ');
    process.stderr.write(`${reason}; see --help.\n`);
    process.exit(usageExitCode);
  }
  if (error instanceof UsageError || error instanceof NotSaved) {
    process.stderr.write(`${error.message}\n`);
    process.exit(usageExitCode);
  }
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`Internal error: ${stack ?? ''}\n`);
  process.exit(internalErrorExitCode);
};

// The reader of the output may have exited; the server keeps running.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
/** A function, since the CommonJS build has no top-level await. */
const start = async (): Promise<void> => {
  try {
    const { config, log, exitWithParent } = readOptions(process.argv, process.env);
    const state = createState();
    const printLine = (line: string): void => {
      print(`${line}\n`);
    };
    const server = await startServer(config, { state, ...(log && { log: printLine }) });
    surviveUncaughtErrors((line) => void process.stderr.write(`${line}\n`));
    stopOnSignals(server, config, { exitWithParent, print, fail });
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
const sameSignalTime = 300;

/**
 * Stops the server on a signal, or when standard input is closed. Responses and deliveries that are
 * in progress end first. A second signal ends the process at once.
 */
const stopOnSignals = (
  server: RunningServer,
  { db }: Config,
  { exitWithParent, print, fail }: StopOptions,
): void => {
  let stopping = false;
  const announceWaiting = (): void => {
    for (const signal of signals) process.removeListener(signal, stop);
    print('\nFinishing open requests and webhook deliveries. Press Ctrl-C again to stop now.\n');
  };
  const finish = (left: number): void => {
    if (left > 0) print(describeLeft(left, db));
    process.exit(0);
  };
  function stop(): void {
    if (stopping) return;
    stopping = true;
    setTimeout(announceWaiting, sameSignalTime).unref();
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
  readonly print: (text: string) => void;
  readonly fail: (error: unknown) => never;
}
