import { Command } from 'commander';
import { maxDelay } from './playground/prefer-header.ts';
import { UsageError } from './runtime/errors.ts';
import type { RateLimit } from './state/records.ts';

/** The configuration of a server. */
export interface Config {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Whether the control API is served. */
  readonly control: boolean;
  /**
   * The bearer token that callers of the control API must send. With it they may be on any machine.
   */
  readonly controlToken?: string;
  /** Whether each response is checked against the contract before it is sent. */
  readonly selfCheck: boolean;
  /** The database file that all data is saved in; without one, data is in memory only. */
  readonly db?: string;
  /**
   * The seed of the demo data, which is created if there is no data yet; without it, none is
   * created.
   */
  readonly seed?: number;
  /** Overrides the plans' rate limits; a field that is left out keeps the plan's value. */
  readonly rateLimit?: Partial<RateLimit>;
  /** How long each response of the API is delayed, in milliseconds. */
  readonly delay: number;
}

export const defaultConfig: Config = {
  port: 4020,
  host: '127.0.0.1',
  control: true,
  selfCheck: false,
  delay: 0,
};

/** The seed of the demo data if none is given. */
export const defaultSeed = 1;

/** @throws UsageError */
const readPort = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not "${text}".`);
  }
  return port;
};

/**
 * Reads a host name or an address; an IPv6 address may be in brackets.
 *
 * @throws UsageError for a text that can't be the host of a URL
 */
const readHost = (text: string): string => {
  const host = text.replace(/^\[(.*:.*)\]$/, '$1');
  if (!/^[\w.:-]+$/.test(host)) {
    throw new UsageError(
      `--host must be a name or an address of this machine, such as 127.0.0.1, not "${text}".`,
    );
  }
  return host;
};

/** @throws UsageError for an empty name */
const readDatabasePath = (text: string): string => {
  if (text.trim() === '') throw new UsageError('--db must be a file name, such as leadgrid.db.');
  return text;
};

/** @throws UsageError */
const readSeed = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) {
    throw new UsageError(`--seed must be a whole number of at most 15 digits, not "${text}".`);
  }
  return Number(text);
};

/**
 * Reads `N` or `N/SECONDS`: the requests in a window; its length is the plan's if it isn't given.
 * The maximums are checked when the server starts, by the control API's schema.
 *
 * @throws UsageError
 */
const readRateLimit = (text: string): Partial<RateLimit> => {
  const [, requests, seconds] = /^(\d{1,15})(?:\/(\d{1,15}(?:\.\d{1,15})?))?$/.exec(text) ?? [];
  if (Number(requests ?? 0) < 1 || Number(seconds ?? 1) <= 0) {
    throw new UsageError(
      `--rate-limit must be a number of requests, such as 100, or REQUESTS/SECONDS, ` +
        `such as 100/60, not "${text}".`,
    );
  }
  return {
    requests: Number(requests),
    ...(seconds !== undefined && { windowSeconds: Number(seconds) }),
  };
};

/** @throws UsageError */
const readDelay = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > maxDelay) {
    throw new UsageError(
      `--delay must be a number of milliseconds from 0 to ${maxDelay}, not "${text}".`,
    );
  }
  return Number(text);
};

/** @throws UsageError for an empty token, or one that a header can't contain */
const readControlToken = (
  environment: Readonly<Record<string, string | undefined>>,
): Pick<Config, 'controlToken'> => {
  const token = environment['LEADGRID_CONTROL_TOKEN'];
  if (token === undefined) return {};
  if (!/^[!-~]{1,1024}$/.test(token)) {
    throw new UsageError(
      'LEADGRID_CONTROL_TOKEN must be 1 to 1024 printable ASCII characters without spaces. ' +
        'Change it or unset it.',
    );
  }
  return { controlToken: token };
};

/** The options of the command line. */
export interface Options {
  readonly config: Config;
  /** Whether to print a line for each request. */
  readonly log: boolean;
  /** Whether to stop when standard input is closed. */
  readonly exitWithParent: boolean;
}

interface OptionTexts {
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
Without a token, only requests from this machine are accepted, with no proxy and
with a local Host header. The control API always refuses browsers.
Pages of any origin may call the LeadGrid API, with credentials too; cookies
are ignored.
Exit codes: 0 stopped, 2 usage or configuration, 4 internal error.

Examples:
  leadgrid-mock --port 8080 --log
  leadgrid-mock --db leadgrid.db        to keep your changes
  leadgrid-mock --rate-limit 5/10       to get a 429 soon
  leadgrid-mock --delay 800             to see your loading states`;

const createCommand = (): Command =>
  new Command('leadgrid-mock')
    .description('Serves the LeadGrid API as its contract describes it, with demo data to try.')
    .optionsGroup('Address:')
    .option('--port <number>', 'where to listen; 0 takes a free port', String(defaultConfig.port))
    .option('--host <name>', 'the address to listen on', defaultConfig.host)
    .optionsGroup('Data:')
    .option('--db <file>', 'save all data in this file, and load what is in it')
    .option('--seed <number>', `the seed of the demo data (default: "${defaultSeed}")`)
    .option('--empty', 'create no demo data')
    .optionsGroup('Behaviour:')
    .option('--rate-limit <n[/seconds]>', "requests in a window, instead of the plan's")
    .option(
      '--delay <ms>',
      'delay each response of the API by so many milliseconds',
      String(defaultConfig.delay),
    )
    .option('--log', 'print a line for each request and delivery, without keys and secrets')
    .optionsGroup('For tests:')
    .option('--no-control', 'do not serve the control API')
    .option('--self-check', 'check each response against the contract')
    .option('--exit-with-parent', 'stop when standard input is closed')
    .optionsGroup('Help:')
    .helpOption('-h, --help', 'show this')
    .addHelpText('after', afterHelp)
    .allowExcessArguments(false)
    // The caller reports the error, in one line.
    .configureOutput({ outputError: () => undefined })
    .exitOverride();

/**
 * Reads the command line.
 *
 * @throws CommanderError for an unknown option, and after help was shown (exitCode 0); UsageError
 *   for an invalid value
 */
export const readOptions = (
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options => {
  const texts = createCommand().parse(argv).opts<OptionTexts>();
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

const readDemo = ({ seed, empty }: OptionTexts): Pick<Config, 'seed'> => {
  if (empty === undefined) return { seed: seed === undefined ? defaultSeed : readSeed(seed) };
  if (seed === undefined) return {};
  throw new UsageError(
    '--empty creates no demo data, so --seed has no effect. Remove one of them.',
  );
};
