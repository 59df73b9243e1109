import type { Contract } from '../../openapi/contract.ts';
import { planWithApi } from '../contract/operations.ts';
import { checkFlows, type FlowCheck } from '../doctor/flows.ts';
import { createProbe } from '../doctor/probe.ts';
import { breakdownError, usageError } from '../errors.ts';
import type { Send, Surroundings } from '../http/message.ts';
import { withRateLimitRetries } from '../http/pacing.ts';
import { isRepeatableControlCall, withRepeatableWrites } from '../http/repeatable-writes.ts';
import { explainNoAnswer, withTimeout } from '../http/timeout.ts';
import { asFetch } from '../http/web-classes.ts';
import { provisionByControl } from '../targets/control.ts';
import { provisionByKeys } from '../targets/keys.ts';
import { provideByFunctions } from '../targets/provision.ts';
import { startReferenceServer, startServer } from '../targets/start.ts';
import type { Target } from '../targets/target.ts';
import { readSettings, type Settings, type TargetOptions } from './settings.ts';
import type { Terminal } from './terminal.ts';

type TargetHost = Pick<Terminal, 'environment' | 'err' | 'interruption'>;

/**
 * Opens the target that the options and the configuration name, and starts it if they say how; the
 * reference server when they name none.
 *
 * @throws Breakdown when the options contradict each other, the target doesn't respond, or the
 *   organisation that the rules share has no default flows
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

/** The same surroundings; requests wait for rate limits, and each attempt has a time-out. */
const waitForRateLimit = (
  surroundings: Surroundings,
  timeout: number,
  interruption: AbortSignal,
): Surroundings => {
  const timed = withTimeout(surroundings.send, timeout, interruption);
  const retrying = withRateLimitRetries(
    async (request) => ({ response: await timed(request) }),
    surroundings,
  );
  const send: Send = async (request) => (await retrying(request)).response;
  return { ...surroundings, send };
};

/** A target whose server runs, but without keys or provisioning. */
export interface StartedTarget extends Pick<Target, 'url' | 'ephemeral' | 'omissions' | 'close'> {
  /** What named the URL. */
  readonly from: string;
  /** What is known about it, the control API of the reference server included. */
  readonly settings: Settings;
}

/** @throws Breakdown when it is the production host, or doesn't start */
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
      : await startServer({
          ...surroundings,
          fetch: asFetch(surroundings.send),
          command,
          url,
          interruption,
          warn: err,
        });
  return { url, from, settings, close, ephemeral: false, omissions };
};

/**
 * What the suite can do at the target: by a control API, by functions of the user, or by keys.
 *
 * @throws Breakdown when the control API or the functions can't be used
 */
export const provisionFor = async (
  { settings }: Pick<StartedTarget, 'settings'>,
  contract: Contract,
  { send, now }: Surroundings,
): Promise<Pick<Target, 'offers' | 'organization' | 'intention'>> => {
  const { control, provision, keys } = settings;
  const common = {
    fetch: asFetch(withRepeatableWrites(send, isRepeatableControlCall)),
    now,
    scopes: contract.scopes,
    plan: planWithApi(contract),
  };
  if (control) return provisionByControl({ ...common, ...control });
  const shared = keys && provisionByKeys(keys);
  if (provision) return provideByFunctions({ ...common, provision, shared });
  if (shared) return shared;
  throw new Error('The settings have neither a control API nor a key.');
};

const guardProduction = (url: string, contract: Contract, allowed: boolean): void => {
  const { hostname } = new URL(contract.productionUrl);
  const host = new URL(url).hostname;
  if (allowed || (host !== hostname && !host.endsWith(`.${hostname}`))) return;
  throw usageError(
    `${host} is the production host, and a run creates data there. ` +
      'Name a test installation, or add --allow-production.',
  );
};

/** A base URL, and the key to try there. */
interface AccessCheck {
  /** The base URL. */
  readonly url: string;
  /** What named it, such as `--target`. */
  readonly from: string;
  readonly key: { readonly name: string; readonly value: string } | undefined;
}

/**
 * Checks that the target responds and, with a key, that it accepts the key: a wrong key or base URL
 * is not the target's failure. The rules check any other response.
 *
 * @param timeout - milliseconds
 * @throws Breakdown when there is no response, or the key or the base URL is wrong
 */
const checkAccess = async (
  { url, from, key }: AccessCheck,
  { send }: Pick<Surroundings, 'send'>,
  timeout: number,
): Promise<void> => {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key.value}` };
  const request = new Request(`${url}/dossiers?per_page=1`, { headers });
  const { status } = await asFetch(send)(request, AbortSignal.timeout(timeout)).catch(
    (thrown: unknown) => {
      throw breakdownError(
        `No response from ${url}: ${explainNoAnswer(thrown)}. Start the target, or check ${from}.`,
      );
    },
  );
  if (key !== undefined && status === 401) {
    throw usageError(`${url} refuses the key with 401. Check ${key.name} and ${from}.`);
  }
  if (key !== undefined && status === 404) {
    throw usageError(
      `${url} has no /dossiers (404). Set ${from} to the base URL, such as ${url}/api/v1.`,
    );
  }
};

/**
 * Checks that dossiers of every type can be created in the organisations of the keys: rules do so,
 * and would fail a target that is right to refuse it.
 *
 * @throws Breakdown when a type of dossier has no default flow there
 */
const requireDefaultFlows = async (check: FlowCheck): Promise<void> => {
  const findings = await checkFlows({
    ...check,
    // The target responded just now, so the rules check why this operation doesn't.
    probe: (path, key) => check.probe(path, key).catch(() => undefined),
  });
  const wrong = findings.find(({ mark }) => mark === 'wrong');
  if (wrong) throw usageError(`${wrong.text} ${wrong.next ?? ''}`);
};
