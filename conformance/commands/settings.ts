import type { Contract } from '../../openapi/contract.ts';
import { misuse } from '../breakdown.ts';
import { suggest } from '../suggestion.ts';
import type { DescribedKeys, RateLimitFacts, TargetDescription } from '../targets/description.ts';
import { readDescription } from '../targets/description-file.ts';
import { createSecretReader, readKeys, variablesOf } from '../targets/key-values.ts';
import type { Environment } from '../targets/key-values.ts';
import type { Keys } from '../targets/keys.ts';
import type { AnyProvision } from '../targets/provision.ts';
import type { Omission, WebhookAddress } from '../targets/target.ts';
import { endpointOf, readControl, readWebhook, spendable } from './provision-settings.ts';
import { readUrl } from './url.ts';

/** What the command line says about the target. */
export interface TargetOptions {
  /** The base URL of the target; the reference server is started when there is none at all. */
  readonly target: string | undefined;
  /** A file that describes the target. */
  readonly config: string | undefined;
  /** The base URL of the target's control API. */
  readonly control: string | undefined;
  /** A shell command that starts the target. */
  readonly start: string | undefined;
  /** Whether the production host may be judged. */
  readonly allowProduction: boolean;
  /** Milliseconds that one answer may take. */
  readonly timeout: number;
}

/** All that was said about the target, wherever it was said. */
export interface Settings {
  /** The base URL and what named it; undefined for the reference server of this kit. */
  readonly target: { readonly url: string; readonly from: string } | undefined;
  readonly start: string | undefined;
  readonly control: { readonly url: string; readonly token?: string } | undefined;
  readonly provision: AnyProvision | undefined;
  readonly keys: Keys | undefined;
  /** The variables that hold the keys. */
  readonly variables: DescribedKeys;
  readonly rateLimit: RateLimitFacts | undefined;
  readonly webhook: WebhookAddress;
  readonly omissions: readonly Omission[];
}

/**
 * Puts together what is said about the target: the command line wins over the file, the file over
 * the usual variables of the environment.
 *
 * @throws Breakdown when something is missing or contradicts itself
 */
export const readSettings = async (
  options: TargetOptions,
  { scopes }: Pick<Contract, 'scopes'>,
  environment: Environment,
): Promise<Settings> => {
  const { config } = options;
  const described = config === undefined ? {} : await readDescription(config);
  checkScopes(described, scopes, config);
  const target = readTarget(options, described);
  const control = readControl(options, described, environment);
  const variables = variablesOf(described.keys ?? {}, environment);
  const read = createSecretReader(environment);
  const webhook = readWebhook(described, environment);
  const keys = readKeys(variables, read);
  const provision = control ? undefined : described.provision;
  if (target && !control && !provision?.createOrganization && !keys) throw misuse(keyless);
  const { members = [] } = described;
  const extras = { ...endpointOf(webhook), ...spendable(described.rateLimit), members };
  return {
    ...{ target, control, provision, variables, webhook },
    keys: keys && { ...keys, ...extras },
    start: options.start ?? described.start,
    rateLimit: described.rateLimit,
    omissions: described.omit ?? [],
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
    throw misuse(`${config} names no target. Add its base URL as target, or give --target URL.`);
  }
  const lonely = control === undefined ? start && '--start' : '--control';
  if (!lonely) return undefined;
  throw misuse(`${lonely} goes with --target. Name the base URL of the API too.`);
};

const checkScopes = (
  { keys }: TargetDescription<unknown>,
  known: readonly string[],
  config = '',
): void => {
  for (const [index, { scopes }] of (keys?.byScopes ?? []).entries()) {
    const odd = scopes.find((scope) => !known.includes(scope));
    if (odd === undefined) continue;
    const next = suggest(odd, known) || ` Known are ${known.join(', ')}.`;
    throw misuse(`${config}: keys.byScopes[${String(index)}] names no scope with ${odd}.${next}`);
  }
};
