import { Command } from 'commander';
import {
  defaultConfig,
  defaultSeed,
  readControlToken,
  readDatabasePath,
  readDelay,
  readHost,
  readPort,
  readRateLimit,
  readSeed,
  UsageError,
  type Config,
} from './config.ts';

/** What the command line asks for. */
export interface Options {
  readonly config: Config;
  /** Whether a line is wanted for each request. */
  readonly log: boolean;
  /** Whether to stop when standard input is closed. */
  readonly exitWithParent: boolean;
}

interface Texts {
  readonly port: string;
  readonly host: string;
  readonly db?: string;
  readonly seed?: string;
  readonly empty?: true;
  readonly rateLimit?: string;
  readonly delay: string;
  readonly log?: true;
  readonly control: boolean;
  readonly selfCheck?: true;
  readonly exitWithParent?: true;
}

const afterHelp = `
LEADGRID_CONTROL_TOKEN sets the token that callers of the control API must send.
Without one it is for this machine alone: not through a proxy, and not by
another name in Host. Browsers are refused there.
Pages of any origin may call the API, with credentials too; no cookie counts.
Exit codes: 0 stopped, 2 usage or configuration, 4 the server broke down.

Examples:
  leadgrid-mock --port 8080 --log
  leadgrid-mock --db leadgrid.db        what you change is there tomorrow
  leadgrid-mock --rate-limit 5/10       to meet a 429 soon
  leadgrid-mock --delay 800             to see your loading states`;

const createCommand = (): Command =>
  new Command('leadgrid-mock')
    .description('Serves the LeadGrid API as its contract describes it, with demo data to try.')
    .optionsGroup('Address:')
    .option('--port <number>', 'where to listen; 0 takes a free port', String(defaultConfig.port))
    .option('--host <name>', 'the address to listen on', defaultConfig.host)
    .optionsGroup('Data:')
    .option('--db <file>', 'keep everything in this file, and go on from what is in it')
    .option('--seed <number>', `what the demo data is made from (default: "${defaultSeed}")`)
    .option('--empty', 'make no demo data')
    .optionsGroup('Behaviour:')
    .option('--rate-limit <n[/seconds]>', "requests in a window, in place of the plan's")
    .option('--delay <ms>', 'hold each answer of the API back', String(defaultConfig.delay))
    .option('--log', 'print a line for each request and delivery, without keys and secrets')
    .optionsGroup('For tests:')
    .option('--no-control', 'do not serve the control API')
    .option('--self-check', 'hold each answer against the contract')
    .option('--exit-with-parent', 'stop when standard input is closed')
    .optionsGroup('Help:')
    .helpOption('-h, --help', 'show this')
    .addHelpText('after', afterHelp)
    .allowExcessArguments(false)
    // The caller says what is wrong, in one line.
    .configureOutput({ outputError: () => undefined })
    .exitOverride();

/**
 * Reads the command line.
 *
 * @throws CommanderError for what isn't an option, and once help was shown (exitCode 0); UsageError
 *   for a value that can't be meant
 */
export const readOptions = (
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options => {
  const texts = createCommand().parse(argv).opts<Texts>();
  const { port, host, db, rateLimit, delay, control, selfCheck, log, exitWithParent } = texts;
  const address = { port: readPort(port), host: readHost(host) };
  const config: Config = {
    ...{ ...address, delay: readDelay(delay), control, selfCheck: selfCheck ?? false },
    ...(db !== undefined && { db: readDatabasePath(db) }),
    ...(rateLimit !== undefined && { rateLimit: readRateLimit(rateLimit) }),
    ...readDemo(texts),
    ...readControlToken(environment),
  };
  return { config, log: log ?? false, exitWithParent: exitWithParent ?? false };
};

const readDemo = ({ seed, empty }: Texts): Pick<Config, 'seed'> => {
  if (empty === undefined) return { seed: seed === undefined ? defaultSeed : readSeed(seed) };
  if (seed === undefined) return {};
  throw new UsageError(
    '--empty makes no demo data, so --seed says nothing. Leave one of them out.',
  );
};
