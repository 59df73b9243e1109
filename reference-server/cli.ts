import { styleText } from 'node:util';
import { CommanderError } from 'commander';
import { readContract } from '../openapi/contract.ts';
import { UsageError, type Config } from './config.ts';
import { outliveFaults } from './last-resort.ts';
import { readOptions } from './options.ts';
import { writeBanner } from './playground/banner.ts';
import { startServer, type RunningServer } from './server.ts';
import { createState, type State } from './state/state.ts';
import { NotKept } from './state/store.ts';
import { stopInTime } from './stop.ts';

/** Usage or configuration that the user can mend. */
const usageExitCode = 2;
/** A fault of the server's own. */
const breakdownExitCode = 4;

const say = (text: string): void => void process.stdout.write(text);

/** The first line is also for programs that start this one; the rest is for people. */
const announce = (server: RunningServer, config: Config, { organizations }: State): void => {
  const { url, controlUrl, demo, publicSeed } = server;
  const line = `LeadGrid reference server listening at ${url} (control: ${controlUrl ?? 'off'})\n`;
  const scopes = (): readonly string[] => readContract().scopes;
  const organization = organizations.rows.at(0);
  const color = process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
  const bold = (text: string): string =>
    color ? styleText('bold', text, { validateStream: false }) : text;
  const welcome = { url, controlUrl, demo, publicSeed, config, organization, scopes };
  say(line + writeBanner(welcome, bold));
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

// Whoever read the output may be gone: that is no reason to stop serving.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
/** Without waiting at the top level, which a script could not. */
const start = async (): Promise<void> => {
  try {
    const { config, log, exitWithParent } = readOptions(process.argv, process.env);
    const state = createState();
    const sayLine = (line: string): void => {
      say(`${line}\n`);
    };
    const server = await startServer(config, { state, ...(log && { log: sayLine }) });
    outliveFaults((line) => void process.stderr.write(`${line}\n`));
    stopInTime(server, config, { exitWithParent, say, fail });
    announce(server, config, state);
  } catch (error) {
    fail(error);
  }
};

void start();
