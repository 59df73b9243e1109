import type { Contract } from '../../openapi/contract.ts';
import { suggest, usageError } from '../errors.ts';
import type { UsualHeaders } from '../http/headers.ts';
import { readVersion } from '../report/compile.ts';
import { type GateChoice, readGates } from '../report/gates.ts';
import { readDescription } from '../targets/description-file.ts';
import type { DescribedKeys, RateLimitFacts, TargetDescription } from '../targets/description.ts';
import {
  createSecretReader,
  type Environment,
  type Keys,
  readHeaders,
  readKeys,
  requireLongSecrets,
  variablesOf,
} from '../targets/keys.ts';
import type { AnyProvision } from '../targets/provision.ts';
import type { Omission, WebhookAddress } from '../targets/target.ts';
import type { ConnectionOptions } from './connection.ts';

/** The options of the command line that describe the target. */
export interface TargetOptions extends ConnectionOptions {
  /** The base URL of the target; the reference server is started when there is none at all. */
  readonly target: string | undefined;
  /** A file that describes the target. */
  readonly config: string | undefined;
  /** The base URL of the target's control API. */
  readonly control: string | undefined;
  /** A shell command that starts the target. */
  readonly start: string | undefined;
  /** Whether the production host may be tested. */
  readonly allowProduction: boolean;
  /** Milliseconds that one response may take. */
  readonly timeout: number;
}

/** What command line, configuration file and environment say about the target. */
export interface Settings {
  /** The base URL and what named it; undefined for the reference server of this kit. */
  readonly target: { readonly url: string; readonly from: string } | undefined;
  readonly start: string | undefined;
  readonly control: { readonly url: string; readonly token?: string } | undefined;
  readonly provision: AnyProvision | undefined;
  /** The configuration file. */
  readonly config: string | undefined;
  /** Sent with every request to the target, by lower-case name. */
  readonly headers: UsualHeaders;
  readonly keys: Keys | undefined;
  /** The variables that hold the keys. */
  readonly variables: DescribedKeys;
  readonly rateLimit: RateLimitFacts | undefined;
  readonly webhook: WebhookAddress;
  readonly omissions: readonly Omission[];
  /** What the file says the verdict rests on. */
  readonly gates: GateChoice;
}

/**
 * Combines what is said about the target. The command line overrides the file, and the file
 * overrides the default variables of the environment.
 *
 * @throws Breakdown when something is missing or contradictory
 */
export const readSettings = async (
  options: TargetOptions,
  { scopes }: Pick<Contract, 'scopes'>,
  environment: Environment,
): Promise<Settings> => {
  const { config } = options;
  requireLongSecrets(environment);
  const described = config === undefined ? {} : await readDescription(config);
  checkScopes(described, scopes, config);
  const target = readTarget(options, described);
  const control = readControl(options, described, environment);
  const variables = variablesOf(described.keys ?? {}, environment);
  const read = createSecretReader(environment);
  const webhook = readWebhook(described, environment);
  const keys = readKeys(variables, read);
  const provision = control ? undefined : described.provision;
  if (target && !control && !provision?.createOrganization && !keys) throw usageError(keyless);
  const { members = [] } = described;
  const extras = {
    ...standingEndpointOf(webhook),
    ...exhaustibleLimit(described.rateLimit),
    members,
  };
  return {
    ...{ target, control, provision, config, variables, webhook },
    headers: readHeaders(described.headers ?? {}, environment),
    keys: keys && { ...keys, ...extras },
    start: options.start ?? described.start,
    rateLimit: described.rateLimit,
    omissions: described.omit ?? [],
    gates: readGates(described, (name) => `${name} in ${config ?? ''}:`, readVersion()),
  };
};

const keyless =
  'A target needs a key: set LEADGRID_KEY to one with every scope, ' +
  'or name a control API with --control URL.';

const readTarget = (
  { target, config, control, start }: TargetOptions,
  described: TargetDescription<unknown>,
): Settings['target'] => {
  if (target !== undefined) return { url: readUrl(target, '--target'), from: '--target' };
  if (described.target !== undefined) {
    const from = `target in ${config ?? ''}`;
    return { url: readUrl(described.target, from), from };
  }
  if (config !== undefined) {
    throw usageError(`${config} names no target. Add its base URL as target, or add --target URL.`);
  }
  const incomplete = control === undefined ? start && '--start' : '--control';
  if (!incomplete) return undefined;
  throw usageError(`${incomplete} needs --target: give the base URL of the API.`);
};

const checkScopes = (
  { keys }: TargetDescription<unknown>,
  known: readonly string[],
  config = '',
): void => {
  for (const [index, { scopes }] of (keys?.byScopes ?? []).entries()) {
    const unknown = scopes.find((scope) => !known.includes(scope));
    if (unknown === undefined) continue;
    const next = suggest(unknown, known) || ` The scopes are ${known.join(', ')}.`;
    throw usageError(
      `${config}: keys.byScopes[${String(index)}] has an unknown scope, ${unknown}.${next}`,
    );
  }
};

/**
 * The control API, if there is one.
 *
 * @throws Breakdown when provision functions are configured too
 */
const readControl = (
  options: { readonly control: string | undefined; readonly config: string | undefined },
  { control: described, provision }: TargetDescription<unknown>,
  environment: Environment,
): { readonly url: string; readonly token?: string } | undefined => {
  const read = createSecretReader(environment);
  const usual = environment['LEADGRID_CONTROL_TOKEN'];
  const token = described?.token ? read(described.token, 'control.token') : usual;
  const secret = token ? { token } : {};
  if (options.control) return { url: readUrl(options.control, '--control'), ...secret };
  if (!described) return undefined;
  if (provision) {
    throw usageError(
      `${options.config ?? ''} has both control and provision. Remove one of them: ` +
        'the control API and the functions do the same.',
    );
  }
  return { url: readUrl(described.url, `control.url in ${options.config ?? ''}`), ...secret };
};

/**
 * How events arrive.
 *
 * @throws Breakdown when a secret is configured without the port of its endpoint
 */
const readWebhook = (
  { webhook }: TargetDescription<unknown>,
  environment: Environment,
): WebhookAddress => {
  const { secret: variable, listen, publicUrl, patience } = webhook ?? {};
  const read = createSecretReader(environment);
  const usual = environment['LEADGRID_WEBHOOK_SECRET'];
  const secret = variable ? read(variable, 'webhook.secret') : usual;
  if (variable && !listen?.port) {
    throw usageError(
      'webhook.secret needs webhook.listen.port: the endpoint that you created sends its events ' +
        'there. Add the port.',
    );
  }
  return {
    listen: { host: listen?.host ?? '127.0.0.1', port: listen?.port ?? 0 },
    ...(publicUrl !== undefined && { publicUrl: readUrl(publicUrl, 'webhook.publicUrl') }),
    ...(patience !== undefined && { patience: patience * 1000 }),
    // No endpoint can exist for a port that is chosen only now.
    ...(secret && listen?.port && { secret }),
  };
};

/** The standing endpoint, which the user created; used when only keys are given. */
const standingEndpointOf = ({ secret }: WebhookAddress): Pick<Keys, 'webhookSecret'> =>
  secret === undefined ? {} : { webhookSecret: secret };

/** Seconds: a run waits until the window of a used-up limit ends. */
const longestWindow = 120;

/**
 * The rate limit that a run may use up; used when only keys are given.
 *
 * @throws Breakdown when its window is too long to wait for
 */
const exhaustibleLimit = (facts: RateLimitFacts | undefined): Pick<Keys, 'rateLimit'> => {
  if (!facts?.mayBeExhausted) return {};
  const { requests, windowSeconds } = facts;
  if (windowSeconds <= longestWindow) return { rateLimit: { requests, windowSeconds } };
  throw usageError(
    `rateLimit.mayBeExhausted is allowed only for windows of at most ${String(longestWindow)} s, ` +
      'since a run waits until they end. Remove it.',
  );
};

/**
 * Reads a base URL, and removes slashes at its end.
 *
 * @param from - where it was given, such as `--target`
 * @throws Breakdown when it isn't a base URL
 */
const readUrl = (text: string, from: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url && web && !/[?#]/.test(text) && url.username === '' && url.password === '') {
    return text.replace(/\/+$/, '');
  }
  if (url && web)
    throw usageError(`${from} must have no query, fragment or password. Remove them.`);
  throw usageError(
    `${from} ${text} is not an http or https URL. Give one such as http://127.0.0.1:4020/api/v1.`,
  );
};
