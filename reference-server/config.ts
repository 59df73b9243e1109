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

/** Whether a host's name or address means this machine alone. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/i.test(host);

/** Something that the user can mend; its message is one line that says what and how. */
export class UsageError extends Error {}

/** @throws UsageError */
export const readPort = (text: string): number => {
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
export const readHost = (text: string): string => {
  const host = text.replace(/^\[(.*:.*)\]$/, '$1');
  if (!/^[\w.:-]+$/.test(host)) {
    throw new UsageError(
      `--host must be a name or an address of this machine, such as 127.0.0.1, not "${text}".`,
    );
  }
  return host;
};

/** @throws UsageError for an empty name */
export const readDatabasePath = (text: string): string => {
  if (text.trim() === '') throw new UsageError('--db must name a file, such as leadgrid.db.');
  return text;
};

/** @throws UsageError */
export const readSeed = (text: string): number => {
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
export const readRateLimit = (text: string): Partial<RateLimit> => {
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

/** The longest that an answer can be held back, in milliseconds. */
export const longestDelay = 60_000;

/** @throws UsageError */
export const readDelay = (text: string): number => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > longestDelay) {
    throw new UsageError(
      `--delay must be a number of milliseconds from 0 to ${longestDelay}, not "${text}".`,
    );
  }
  return Number(text);
};

/** @throws UsageError for a token that lets everybody in, or nobody since no header can carry it */
export const readControlToken = (
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
