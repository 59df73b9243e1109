import type { Provision } from './provision.ts';
import type { Omission } from './target.ts';

/**
 * The name of an environment variable that holds a key, a token or a secret; the value is never in
 * a file. The name begins with `LEADGRID_` and ends with `KEY`, `TOKEN` or `SECRET`: reports redact
 * such variables.
 */
export type SecretVariable = `LEADGRID_${string}`;

/** Keys that you created under Settings, by the variables that hold them. */
export interface DescribedKeys {
  /** Of the organisation to work in, with every scope. `LEADGRID_KEY` by default. */
  readonly allScopes?: SecretVariable;
  /** Of the same organisation, with exactly these scopes. */
  readonly byScopes?: readonly {
    readonly scopes: readonly string[];
    readonly key: SecretVariable;
  }[];
  /** Of the same organisation, expired. `LEADGRID_EXPIRED_KEY` by default. */
  readonly expired?: SecretVariable;
  /** Of one on the Free plan. `LEADGRID_FREE_PLAN_KEY` by default. */
  readonly freePlan?: SecretVariable;
  /** Of one on the Pro plan. `LEADGRID_PRO_PLAN_KEY` by default. */
  readonly proPlan?: SecretVariable;
  /** Of another organisation, with every scope. `LEADGRID_SECOND_KEY` by default. */
  readonly secondOrganization?: SecretVariable;
}

/** The rate limit of the organisation, if known. */
export interface RateLimitFacts {
  readonly requests: number;
  readonly windowSeconds: number;
  /**
   * Whether a run may use it up: then all requests of the organisation are refused until the window
   * ends. False by default.
   */
  readonly mayBeExhausted?: boolean;
}

/** How events reach the suite. */
export interface WebhookFacts {
  /**
   * The secret of an endpoint that you created under Settings for `publicUrl`; not needed where the
   * suite creates endpoints itself. `LEADGRID_WEBHOOK_SECRET` by default.
   */
  readonly secret?: SecretVariable;
  /** Where the suite listens; a free port of 127.0.0.1 by default. */
  readonly listen?: { readonly host?: string; readonly port?: number };
  /** The URL at which the target reaches that address, if it differs. */
  readonly publicUrl?: string;
  /** How many seconds an event may take to arrive; 10 by default. */
  readonly patience?: number;
}

/**
 * What a target offers: the default export of a configuration file. Everything is optional; without
 * it, some requirements are not verified, and the report lists them. Options of the command line
 * override the file, and the file overrides variables of the environment.
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
  /**
   * Headers that go with every request to the target and to a control API at the same origin, such as
   * the key of a gateway, by the variables that hold their values.
   */
  readonly headers?: Readonly<Record<string, SecretVariable>>;
  /** Ids of users of the organisation, to assign dossiers to. */
  readonly members?: readonly string[];
  /** The control API of this kit, where the target has one. */
  readonly control?: { readonly url: string; readonly token?: SecretVariable };
  /** Functions in place of a control API. */
  readonly provision?: Provision<Organization>;
  readonly rateLimit?: RateLimitFacts;
  readonly webhook?: WebhookFacts;
  /** What the target doesn't implement, each with a reason. */
  readonly omit?: readonly Omission[];
  /** The reports of a run, as `--report` takes them; by default `pretty`. */
  readonly report?: string | readonly string[];
  /** Which failures end a run with 1: of a MUST, of a SHOULD too, or none. `must` by default. */
  readonly failOn?: 'must' | 'should' | 'none';
  /** Only what existed in this version of the suite counts in the verdict, such as `0.2`. */
  readonly asOf?: string;
  /** The share of the requirements in scope that must be verified, such as `95%`; all by default. */
  readonly minVerified?: string;
}

/** Gives the default export of a configuration file its type; returns it unchanged. */
export const defineTarget = <Organization>(
  description: TargetDescription<Organization>,
): TargetDescription<Organization> => description;
