import type { Contract } from '../../openapi/contract.ts';
import { misuse } from '../breakdown.ts';
import { createProbe } from '../doctor/probe.ts';
import { provisionByControl } from '../targets/control.ts';
import { startReferenceServer } from '../targets/embedded.ts';
import { provisionByKeys } from '../targets/keys.ts';
import { provideByFunctions } from '../targets/provide.ts';
import { startServer } from '../targets/start.ts';
import type { Target } from '../targets/target.ts';
import type { Fetch, Surroundings } from '../world/fetch.ts';
import { withPatience } from '../world/patience.ts';
import { planWithApi } from '../world/plans.ts';
import { requireDefaultFlows } from './default-flows.ts';
import { knock } from './knock.ts';
import { readSettings, type Settings, type TargetOptions } from './settings.ts';
import type { Terminal } from './terminal.ts';

type Host = Pick<Terminal, 'environment' | 'err' | 'interruption'>;

/**
 * Makes ready what a run judges: the target that the options and their file name, started if they
 * say how, or else the reference server.
 *
 * @throws Breakdown when the options contradict themselves, nobody answers, or the organisation
 *   that the rules are to share is of no use
 */
export const openTarget = async (
  options: TargetOptions & { readonly readOnly?: boolean },
  contract: Contract,
  surroundings: Surroundings,
  host: Host,
): Promise<Target> => {
  const settings = await readSettings(options, contract, host.environment);
  const launched = await launch(settings, options, contract, surroundings, host);
  const { url, from, close, omissions, ephemeral } = launched;
  try {
    const provision = await provisionFor(launched, contract, surroundings);
    const { control, keys, variables } = launched.settings;
    const name = variables.allScopes ?? '';
    const key = control || !keys ? undefined : { name, value: keys.key };
    if (!ephemeral) await knock({ url, from, key }, surroundings, options.timeout);
    const shared = provision.offers.has('fresh-organizations') ? undefined : keys;
    if (shared && !options.readOnly) {
      const patient = waitOut(surroundings, options.timeout, host.interruption);
      const probe = createProbe(url, patient, options.timeout, host.interruption);
      await requireDefaultFlows({ contract, keys: shared, variables, omissions, probe });
    }
    return { url, ephemeral, omissions, close, webhook: settings.webhook, ...provision };
  } catch (thrown) {
    await close();
    throw thrown;
  }
};

/** The same surroundings, in which a limit is waited out, and each attempt has its time. */
const waitOut = (
  surroundings: Surroundings,
  timeout: number,
  interruption: AbortSignal,
): Surroundings => {
  const send: Fetch = (request) =>
    surroundings.fetch(request, AbortSignal.any([AbortSignal.timeout(timeout), interruption]));
  return { ...surroundings, fetch: withPatience(send, surroundings) };
};

/** A target that was brought to life, where that was asked for. */
export interface Launched extends Pick<Target, 'url' | 'ephemeral' | 'omissions' | 'close'> {
  /** What named the URL. */
  readonly from: string;
  /** What is known about it; the reference server brings a control API along. */
  readonly settings: Settings;
}

/** @throws Breakdown when it is the production host, or can't be started */
export const launch = async (
  settings: Settings,
  { allowProduction }: TargetOptions,
  contract: Contract,
  surroundings: Surroundings,
  { err, interruption }: Host,
): Promise<Launched> => {
  const { target, start: command, omissions } = settings;
  if (target === undefined) {
    const { url, controlUrl, close } = await startReferenceServer();
    const own = { ...settings, control: { url: controlUrl } };
    const common = { url, close, from: 'the reference server', settings: own };
    return { ...common, ephemeral: true, omissions };
  }
  const { url, from } = target;
  guardProduction(url, contract, allowProduction);
  const close =
    command === undefined
      ? () => Promise.resolve()
      : await startServer({ ...surroundings, command, url, interruption, tell: err });
  return { url, from, settings, close, ephemeral: false, omissions };
};

/**
 * What the target lets the suite do: by its control API, by functions of the user, or by keys.
 *
 * @throws Breakdown when these are of no use
 */
export const provisionFor = async (
  { settings }: Pick<Launched, 'settings'>,
  contract: Contract,
  { fetch, now }: Surroundings,
): Promise<Pick<Target, 'offers' | 'organization' | 'intention'>> => {
  const { control, provision, keys } = settings;
  const common = { fetch, now, scopes: contract.scopes, plan: planWithApi(contract) };
  if (control) return provisionByControl({ ...common, ...control });
  const shared = keys && provisionByKeys(keys);
  if (provision) return provideByFunctions({ ...common, provision, shared });
  if (shared) return shared;
  throw new Error('Settings were let through that name neither a control API nor a key.');
};

const guardProduction = (url: string, contract: Contract, allowed: boolean): void => {
  const { hostname } = new URL(contract.productionUrl);
  const host = new URL(url).hostname;
  if (allowed || (host !== hostname && !host.endsWith(`.${hostname}`))) return;
  throw misuse(
    `${host} is the production host, and a run creates data there. ` +
      'Name a test installation, or insist with --allow-production.',
  );
};
