import { Command } from 'commander';
import { longestDelay } from './playground/prefer.ts';
import { UsageError } from './runtime/errors.ts';
import type { RateLimit } from './state/records.ts';

/** How a server is to run. */
export interface Config {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Whether the control API is served. */
  readonly control: boolean;
  /** What callers of the control API must send as bearer token; then they may be anywhere. */
  readonly controlToken?: string;
  /** Whether each answer is held against the contract before it is sent. */
  readonly selfCheck: boolean;
  /** The database file that everything is kept in; memory only without one. */
  readonly db?: string;
  /** What demo data is made from, unless there is data already; none is made without it. */
  readonly seed?: number;
  /** In place of the figures of the plans; what is left out stays the plan's. */
  readonly rateLimit?: Partial<RateLimit>;
  /** How long each answer of the API is held back, in milliseconds. */
  readonly delay: number;
}

export const defaultConfig: Config = {
  port: 4020,
  host: '127.0.0.1',
  control: true,
  selfCheck: false,
  delay: 0,
};

/** What demo data is made from unless told otherwise. */
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
 * Reads a name or an address, an IPv6 address with or without brackets.
 *
 * @throws UsageError for what no URL could name
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
  if (text.trim() === '') throw new UsageError('--db must name a file, such as leadgrid.db.');
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
 * Reads `N` or `N/SECONDS`: requests in a window, whose length is the plan's if it isn't given. How
 * great they can be the control API says, and the server when it starts.
 *
 * @throws UsageError
 */
const readRateLimit = (text: string): Partial<RateLimit> => {
  const [, requests, seconds] = /^(\d{1,15})(?:\/(\d{1,15}(?:\.\d{1,15})?))?$/.exec(text) ?? [];
  if (Number(requests ?? 0) < 1 || Number(seconds ?? 1) <= 0) {
    throw new UsageError(
      `--rate-limit must be a number of requests, as in 100, or that in so many seconds, ` +
        `as in 100/60, not "${text}".`,
    );
  }
  return {
    requests: Number(requests),
    ...(seconds !== undefined && { windowSeconds: Number(seconds) }),
  };
};

/** @throws UsageError */
const readDelay = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > longestDelay) {
    throw new UsageError(
      `--delay must be a number of milliseconds from 0 to ${longestDelay}, not "${text}".`,
    );
  }
  return Number(text);
};

/** @throws UsageError for a token that lets everybody in, or nobody since no header can carry it */
const readControlToken = (
  environment: Readonly<Record<string, string | undefined>>,
): Pick<Config, 'controlToken'> => {
  const token = environment['LEADGRID_CONTROL_TOKEN'];
  if (token === undefined) return {};
  if (!/^[!-~]{1,1024}$/.test(token)) {
    throw new UsageError(
      'LEADGRID_CONTROL_TOKEN must be a word of at most 1024 letters, digits and signs of ASCII; ' +
        'or unset it.',
    );
  }
  return { controlToken: token };
};

/** What the command line asks for. */
export interface Options {
  readonly config: Config;
  /** Whether a line is wanted for each request. */
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
    '--empty makes no demo data, so --seed says nothing. Leave one of them out.',
  );
};
