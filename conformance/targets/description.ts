import type { Provision } from './provision.ts';
import type { Omission } from './target.ts';

/**
 * The name of an environment variable that holds a key, a token or a secret. The value itself never
 * stands in a file. The name begins with `LEADGRID_` and ends with `KEY`, `TOKEN` or `SECRET`: by
 * that reports know what to keep secret.
 */
export type SecretVariable = `LEADGRID_${string}`;

/** Keys that somebody made under Settings, by the variables that hold them. */
export interface DescribedKeys {
  /** Of the organisation to work in, with every scope. `LEADGRID_KEY` unless told otherwise. */
  readonly allScopes?: SecretVariable;
  /** Of the same organisation, with exactly these scopes. */
  readonly byScopes?: readonly {
    readonly scopes: readonly string[];
    readonly key: SecretVariable;
  }[];
  /** Of the same organisation; it has expired. `LEADGRID_EXPIRED_KEY` unless told otherwise. */
  readonly expired?: SecretVariable;
  /** Of one on the Free plan. `LEADGRID_FREE_PLAN_KEY` unless told otherwise. */
  readonly freePlan?: SecretVariable;
  /** Of one on the Pro plan. `LEADGRID_PRO_PLAN_KEY` unless told otherwise. */
  readonly proPlan?: SecretVariable;
  /** Of another organisation, with every scope. `LEADGRID_SECOND_KEY` unless told otherwise. */
  readonly secondOrganization?: SecretVariable;
}

/** What the organisation may send, where that is known. */
export interface RateLimitFacts {
  readonly requests: number;
  readonly windowSeconds: number;
  /**
   * Whether a run may use it up, which locks everybody else of the organisation out until the
   * window ends; not unless told otherwise.
   */
  readonly mayBeExhausted?: boolean;
}

/** How events reach the suite. */
export interface WebhookFacts {
  /**
   * The secret of an endpoint that somebody made under Settings for `publicUrl`; not needed where
   * the suite makes endpoints itself. `LEADGRID_WEBHOOK_SECRET` unless told otherwise.
   */
  readonly secret?: SecretVariable;
  /** Where the suite listens; any free port of this machine alone unless told otherwise. */
  readonly listen?: { readonly host?: string; readonly port?: number };
  /** Where the target reaches that address, if it is another for it. */
  readonly publicUrl?: string;
  /** How many seconds an event may take to arrive; 10 unless told otherwise. */
  readonly patience?: number;
}

/**
 * What a target offers, tier by tier: the content of a configuration file, whose default export it
 * is. Everything may be left out; what is missing makes requirements not verified, by name. An
 * option of the command line wins over the file, and the file over variables of the environment.
 *
 * @typeParam Organization - whatever `provision.createOrganization` returns
 */
export interface TargetDescription<Organization = never> {
  readonly $schema?: string;
  /** The base URL, such as `http://127.0.0.1:3000/api/v1`. */
  readonly target?: string;
  /** A shell command that starts the target; it is stopped afterwards. */
  readonly start?: string;
  readonly keys?: DescribedKeys;
  /** Ids of users of the organisation, to assign dossiers to. */
  readonly members?: readonly string[];
  /** The control API of this kit, where the target has one. */
  readonly control?: { readonly url: string; readonly token?: SecretVariable };
  /** Functions in place of a control API. */
  readonly provision?: Provision<Organization>;
  readonly rateLimit?: RateLimitFacts;
  readonly webhook?: WebhookFacts;
  /** What the target knowingly does without, with the reason. */
  readonly omit?: readonly Omission[];
}

/** Gives the default export of a configuration file its type; it returns what it is given. */
export const defineTarget = <Organization>(
  description: TargetDescription<Organization>,
): TargetDescription<Organization> => description;
