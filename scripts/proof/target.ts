import type { Liar } from '../../conformance/rule.ts';
import { provisionByControl } from '../../conformance/targets/control.ts';
import type { Target } from '../../conformance/targets/target.ts';
import type { Fetch } from '../../conformance/world/fetch.ts';
import { planWithApi } from '../../conformance/world/plans.ts';
import type { Contract } from '../../openapi/contract.ts';

/** A server that runs, and what stands between it and its callers. */
export interface Subject {
  readonly url: string;
  readonly controlUrl: string;
  readonly wire?: Liar;
  /** Between its control API and the suite. */
  readonly control?: Liar;
  readonly close: () => Promise<void>;
}

/** A server of the proof as the suite sees it: with a control API, and gone when it is closed. */
export const targetAt = async (
  { url, controlUrl, control }: Pick<Subject, 'url' | 'controlUrl' | 'control'>,
  contract: Contract,
  transport: Fetch,
): Promise<Target> => {
  const provision = await provisionByControl({
    url: controlUrl,
    fetch: control?.(transport, () => undefined) ?? transport,
    now: Date.now,
    scopes: contract.scopes,
    plan: planWithApi(contract),
  });
  const webhook = { listen: { host: '127.0.0.1', port: 0 } };
  const close = () => Promise.resolve();
  return { url, ephemeral: true, omissions: [], webhook, close, ...provision };
};
