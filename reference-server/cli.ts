import { Command, CommanderError } from 'commander';
import { defaultConfig, readControlToken, readPort, UsageError, type Config } from './config.ts';
import { startServer, type RunningServer } from './server.ts';

/** Usage or configuration that the user can mend. */
const usageExitCode = 2;
/** A fault of the server's own. */
const breakdownExitCode = 4;

interface Options {
  readonly port: string;
  readonly host: string;
  readonly control: boolean;
  readonly selfCheck: boolean;
  readonly exitWithParent: boolean;
}

const createCommand = (): Command =>
  new Command('reference-server')
    .description('Serves the LeadGrid API from memory, as its contract describes it.')
    .option('--port <number>', 'where to listen; 0 takes a free port', String(defaultConfig.port))
    .option('--host <name>', 'the address to listen on', defaultConfig.host)
    .option('--no-control', 'do not serve the control API')
    .option('--self-check', 'hold each answer against the contract', defaultConfig.selfCheck)
    .option('--exit-with-parent', 'stop when standard input is closed', false)
    .addHelpText(
      'after',
      '\nLEADGRID_CONTROL_TOKEN sets the token that callers of the control API must send.' +
        '\nExit codes: 0 stopped, 2 usage or configuration, 4 the server broke down.',
    )
    .allowExcessArguments(false)
    .configureOutput({ outputError: () => undefined })
    .exitOverride();

const readConfig = ({ port, host, control, selfCheck }: Options): Config => ({
  port: readPort(port),
  host,
  control,
  selfCheck,
  ...readControlToken(process.env),
});

const announce = ({ url, controlUrl }: RunningServer): void => {
  const control = controlUrl ?? 'off';
  process.stdout.write(`LeadGrid reference server listening at ${url} (control: ${control})\n`);
};

/** Stops on a signal, and when whoever started it is gone, so that no server is left behind. */
const stopInTime = (server: RunningServer, exitWithParent: boolean): void => {
  const stop = (): void => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (exitWithParent) process.stdin.resume().once('end', stop).once('error', stop);
};

const fail = (error: unknown): never => {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) process.exit(0);
    const reason = error.message.replace(/^error: /, '').replace(/\s+/g, ' ');
    process.stderr.write(`${reason}; see --help.\n`);
    process.exit(usageExitCode);
  }
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(usageExitCode);
  }
  const story = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`The server broke down: ${story ?? ''}\n`);
  process.exit(breakdownExitCode);
};

try {
  const options = createCommand().parse().opts<Options>();
  const server = await startServer(readConfig(options));
  announce(server);
  stopInTime(server, options.exitWithParent);
} catch (error) {
  fail(error);
}
