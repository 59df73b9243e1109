import type { Config } from '../config.ts';
import type { DemoKey } from './demo/keys.ts';

/** What there is to say of a server that has just started. */
export interface Welcome {
  readonly url: string;
  /** Undefined without the control API. */
  readonly controlUrl: string | undefined;
  /** The demo keys that work; undefined if no demo data was asked for. */
  readonly demo: readonly DemoKey[] | undefined;
  /** The seed of demo keys that everybody can know, where that matters. */
  readonly publicSeed: number | undefined;
  readonly config: Pick<Config, 'host' | 'seed' | 'db' | 'controlToken'>;
  /** An organisation to make keys for, if there is one. */
  readonly organization: { readonly id: string; readonly name: string } | undefined;
  /** All scopes that a key can have. */
  readonly scopes: () => readonly string[];
}

/** How a heading is shown. */
export type Style = (text: string) => string;
