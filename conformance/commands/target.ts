import type { Contract } from '../../openapi/contract.ts';
import { planWithApi } from '../contract/operations.ts';
import { checkFlows, type FlowCheck } from '../doctor/flows.ts';
import { createProbe } from '../doctor/probe.ts';
import { breakdownError, usageError } from '../errors.ts';
import { withRateLimitRetries } from '../http/pacing.ts';
import { explainNoAnswer } from '../http/timeout.ts';
import type { Fetch, Surroundings } from '../http/transport.ts';
import { provisionByControl } from '../targets/control.ts';
import { provisionByKeys } from '../targets/keys.ts';
import { provideByFunctions } from '../targets/provision.ts';
import { startReferenceServer, startServer } from '../targets/start.ts';
import type { Target } from '../targets/target.ts';
import { readSettings, type Settings, type TargetOptions } from './settings.ts';
import type { Terminal } from './terminal.ts';

type TargetHost = Pick<Terminal, 'environment' | 'err' | 'interruption'>;

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
  host: TargetHost,
): Promise<Target> => {
  const settings = await readSettings(options, contract, host.environment);
  const started = await startTarget(settings, options, contract, surroundings, host);
  const { url, from, close, omissions, ephemeral } = started;
  try {
    const provision = await provisionFor(started, contract, surroundings);
    const { control, keys, variables } = started.settings;
    const name = variables.allScopes ?? '';
    const key = control || !keys ? undefined : { name, value: keys.key };
    if (!ephemeral) await checkAccess({ url, from, key }, surroundings, options.timeout);
    const shared = provision.offers.has('fresh-organizations') ? undefined : keys;
    if (shared && !options.readOnly) {
      const waiting = waitForRateLimit(surroundings, options.timeout, host.interruption);
      const probe = createProbe(url, waiting, options.timeout, host.interruption);
      await requireDefaultFlows({ contract, keys: shared, variables, omissions, probe });
    }
    return { url, ephemeral, omissions, close, webhook: settings.webhook, ...provision };
  } catch (thrown) {
    await close();
    throw thrown;
  }
};

/** The same surroundings, in which a limit is waited out, and each attempt has its time. */
const waitForRateLimit = (
  surroundings: Surroundings,
  timeout: number,
  interruption: AbortSignal,
): Surroundings => {
  const send: Fetch = (request) =>
    surroundings.fetch(request, AbortSignal.any([AbortSignal.timeout(timeout), interruption]));
  return { ...surroundings, fetch: withRateLimitRetries(send, surroundings) };
};

/** A target that was brought to life, where that was asked for. */
export interface StartedTarget extends Pick<Target, 'url' | 'ephemeral' | 'omissions' | 'close'> {
  /** What named the URL. */
  readonly from: string;
  /** What is known about it; the reference server brings a control API along. */
  readonly settings: Settings;
}

/** @throws Breakdown when it is the production host, or can't be started */
export const startTarget = async (
  settings: Settings,
  { allowProduction }: TargetOptions,
  contract: Contract,
  surroundings: Surroundings,
  { err, interruption }: TargetHost,
): Promise<StartedTarget> => {
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
      : await startServer({ ...surroundings, command, url, interruption, warn: err });
  return { url, from, settings, close, ephemeral: false, omissions };
};

/**
 * What the target lets the suite do: by its control API, by functions of the user, or by keys.
 *
 * @throws Breakdown when these are of no use
 */
export const provisionFor = async (
  { settings }: Pick<StartedTarget, 'settings'>,
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
  throw usageError(
    `${host} is the production host, and a run creates data there. ` +
      'Name a test installation, or insist with --allow-production.',
  );
};

/** A door, and the key to try on it. */
interface AccessCheck {
  /** The base URL. */
  readonly url: string;
  /** What named it, such as `--target`. */
  readonly from: string;
  readonly key: { readonly name: string; readonly value: string } | undefined;
}

/**
 * Sees whether anybody is there and, with a key, whether it is let in at all: a wrong key or base
 * URL is no verdict on the target. Any other answer is for the rules to judge.
 *
 * @param timeout - milliseconds
 * @throws Breakdown when nobody answers, or the key or the base URL is wrong
 */
const checkAccess = async (
  { url, from, key }: AccessCheck,
  { fetch }: Pick<Surroundings, 'fetch'>,
  timeout: number,
): Promise<void> => {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key.value}` };
  const request = new Request(`${url}/dossiers?per_page=1`, { headers });
  const { status } = await fetch(request, AbortSignal.timeout(timeout)).catch((thrown: unknown) => {
    throw breakdownError(
      `Nobody answers at ${url}: ${explainNoAnswer(thrown)}. Start the target, or correct ${from}.`,
    );
  });
  if (key !== undefined && status === 401) {
    throw usageError(`${url} refuses the key with 401. Correct ${key.name}, or ${from}.`);
  }
  if (key !== undefined && status === 404) {
    throw usageError(
      `${url} knows no /dossiers (404). Give ${from} the base URL, such as ${url}/api/v1.`,
    );
  }
};

/**
 * Sees to it that dossiers of every type can be created in the organisations of the keys. Rules
 * take that for granted, so they would accuse a target that is right to refuse it.
 *
 * @throws Breakdown when a type of dossier has no default flow there
 */
const requireDefaultFlows = async (check: FlowCheck): Promise<void> => {
  const findings = await checkFlows({
    ...check,
    // Somebody answered just now, so silence on this operation is for the rules to judge.
    probe: (path, key) => check.probe(path, key).catch(() => undefined),
  });
  const wrong = findings.find(({ mark }) => mark === 'wrong');
  if (wrong) throw usageError(`${wrong.text} ${wrong.next ?? ''}`);
};
