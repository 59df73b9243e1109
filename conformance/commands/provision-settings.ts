import { misuse } from '../breakdown.ts';
import type { RateLimitFacts, TargetDescription } from '../targets/description.ts';
import { createSecretReader, type Environment } from '../targets/key-values.ts';
import type { Keys } from '../targets/keys.ts';
import type { WebhookAddress } from '../targets/target.ts';
import { readUrl } from './url.ts';

/**
 * The control API, if there is one.
 *
 * @throws Breakdown when it contradicts what else is said
 */
export const readControl = (
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
    throw misuse(
      `${options.config ?? ''} has both control and provision. Leave one of them out: ` +
        'the control API and the functions do the same.',
    );
  }
  return { url: readUrl(described.url, `control.url in ${options.config ?? ''}`), ...secret };
};

/**
 * How events arrive.
 *
 * @throws Breakdown when they could not
 */
export const readWebhook = (
  { webhook }: TargetDescription<unknown>,
  environment: Environment,
): WebhookAddress => {
  const { secret: variable, listen, publicUrl, patience } = webhook ?? {};
  const read = createSecretReader(environment);
  const usual = environment['LEADGRID_WEBHOOK_SECRET'];
  const secret = variable ? read(variable, 'webhook.secret') : usual;
  if (variable && !listen?.port) {
    throw misuse(
      'webhook.secret goes with webhook.listen.port, at which the endpoint that you made finds ' +
        'the suite. Add the port.',
    );
  }
  return {
    listen: { host: listen?.host ?? '127.0.0.1', port: listen?.port ?? 0 },
    ...(publicUrl !== undefined && { publicUrl: readUrl(publicUrl, 'webhook.publicUrl') }),
    ...(patience !== undefined && { patience: patience * 1000 }),
    // Nobody can have made an endpoint for a port that is found only now.
    ...(secret && listen?.port && { secret }),
  };
};

/** The endpoint that a person has made, for who has nothing but keys. */
export const endpointOf = ({ secret }: WebhookAddress): Pick<Keys, 'webhookSecret'> =>
  secret === undefined ? {} : { webhookSecret: secret };

/** What a run uses up, it waits out. */
const longestWindow = 120;

/**
 * The limit that a run may use up, for who has nothing but keys.
 *
 * @throws Breakdown when it would have to be waited out too long
 */
export const spendable = (facts: RateLimitFacts | undefined): Pick<Keys, 'rateLimit'> => {
  if (!facts?.mayBeExhausted) return {};
  const { requests, windowSeconds } = facts;
  if (windowSeconds <= longestWindow) return { rateLimit: { requests, windowSeconds } };
  throw misuse(
    `rateLimit.mayBeExhausted goes with windows of at most ${String(longestWindow)} s, since a run ` +
      'waits for their end. Leave it out.',
  );
};
