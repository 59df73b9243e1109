import type { Contract } from '../../openapi/contract.ts';
import { planWithApi } from '../contract/operations.ts';
import { checkFlows, type FlowCheck } from '../doctor/flows.ts';
import type { Finding } from '../doctor/findings.ts';
import { lookedAt } from '../doctor/preflight.ts';
import { createProbe } from '../doctor/probe.ts';
import { checkReachability, type OpeningKey, type TargetAddress } from '../doctor/reachability.ts';
import { Breakdown, breakdownError, usageError } from '../errors.ts';
import { withUsualHeaders } from '../http/headers.ts';
import { identifyProtocol } from '../http/identify.ts';
import { createProxyFinder } from '../http/proxy.ts';
import type { Send, Surroundings } from '../http/message.ts';
import { withRateLimitRetries } from '../http/pacing.ts';
import { isRepeatableControlCall, withRepeatableWrites } from '../http/repeatable-writes.ts';
import { withTimeout } from '../http/timeout.ts';
import { asFetch } from '../http/web-classes.ts';
import { provisionByControl } from '../targets/control.ts';
import { provisionByKeys } from '../targets/keys.ts';
import { provideByFunctions } from '../targets/provision.ts';
import { startReferenceServer, startServer } from '../targets/start.ts';
import { type Target, type TargetOrganization, Unavailable } from '../targets/target.ts';
import { readSettings, type Settings, type TargetOptions } from './settings.ts';
import type { Terminal } from './terminal.ts';

type TargetHost = Pick<Terminal, 'environment' | 'err' | 'interruption'>;

/**
 * Opens the target that the options and the configuration name, and starts it if they say how; the
 * reference server when they name none. Looks before it judges, as `doctor` does.
 *
 * @throws Breakdown when the options contradict each other, the target can't be judged, or the
 *   organisation that the rules share has no default flows
 */
export const openTarget = async (
  options: TargetOptions & { readonly readOnly?: boolean },
  contract: Contract,
  given: Surroundings,
  host: TargetHost,
): Promise<Target & Pick<Settings, 'gates'>> => {
  const settings = await readSettings(options, contract, host.environment);
  const started = await startTarget(settings, options, contract, given, host);
  const { url, close, omissions, ephemeral } = started;
  const { headers, webhook } = settings;
  const surroundings = withHeadersOf({ url, headers }, given);
  try {
    const opened = ephemeral
      ? await provisionFor(started, contract, surroundings, options.timeout)
      : await preflight(started, contract, surroundings, { ...options, ...host });
    const { keys, variables } = started.settings;
    const shared = opened.offers.has('fresh-organizations') ? undefined : keys;
    if (shared && !options.readOnly) {
      const waiting = waitForRateLimit(surroundings, options.timeout, host.interruption);
      const probe = createProbe(url, waiting, options.timeout, host.interruption);
      await requireDefaultFlows({ contract, keys: shared, variables, omissions, probe });
    }
    const { gates } = settings;
    return { url, ephemeral, omissions, close, webhook, headers, gates, ...opened };
  } catch (thrown) {
    await close();
    throw host.interruption.aborted ? breakdownError('The run was interrupted.') : thrown;
  }
};

/** The same surroundings; every request to the target has its usual headers. */
export const withHeadersOf = (
  { url, headers = {} }: Pick<Target, 'url' | 'headers'>,
  surroundings: Surroundings,
): Surroundings => ({
  ...surroundings,
  send: withUsualHeaders(surroundings.send, headers, url),
});

type Provided = Pick<Target, 'offers' | 'organization' | 'intention'>;

/**
 * Looks at the target with a key that should open it, which is that of the first organisation where the suite
 * creates them.
 *
 * @returns what the suite can do at the target
 * @throws Breakdown with the likely cause when no rule could be judged there
 */
const preflight = async (
  started: StartedTarget,
  contract: Contract,
  surroundings: Surroundings,
  options: Look & Pick<TargetHost, 'err'> & { readonly readOnly?: boolean },
): Promise<Provided> => {
  const { timeout, readOnly = false } = options;
  let opened: Provided | undefined;
  const findings = await checkReachability(
    addressOf(started, contract, surroundings, options),
    async () => {
      opened = await provisionFor(started, contract, surroundings, timeout);
      return openFirst(started.settings, opened, readOnly, (spare) => {
        opened = opened && reusing(spare, opened);
      });
    },
  );
  const sick = findings.find(({ mark }) => mark === 'wrong' || mark === 'down');
  if (sick) throw breakdownOf(sick);
  const doubts = findings.filter(({ chapter, mark }) => chapter === 'Keys' && mark === 'warn');
  for (const doubt of doubts) options.err(`${sentenceOf(doubt)}\n`);
  if (opened === undefined) throw new Error('The target was looked at without its keys.');
  return opened;
};

/** How a look at a target is limited. */
interface Look extends Pick<TargetHost, 'environment' | 'interruption'> {
  readonly timeout: number;
}

/** What a look at a started target needs. */
export const addressOf = (
  { url, from, omissions }: Pick<StartedTarget, 'url' | 'from' | 'omissions'>,
  contract: Contract,
  surroundings: Pick<Surroundings, 'send' | 'now'>,
  { timeout, environment, interruption }: Look,
): TargetAddress => ({
  ...{ url, from, reads: lookedAt(contract, omissions) },
  // Behind a proxy nothing can be asked directly.
  identify: createProxyFinder(environment)(url)
    ? () => Promise.resolve(undefined)
    : identifyProtocol,
  probeAt: (base) => createProbe(base, surroundings, timeout, interruption),
});

const sentenceOf = ({ text, next }: Finding): string => [text, next].filter(Boolean).join(' ');

const breakdownOf = (finding: Finding): Breakdown =>
  new Breakdown(finding.mark === 'down' ? 4 : 2, sentenceOf(finding));

/**
 * The key to look with; undefined where nothing may be created for it, or can be.
 *
 * @param keep - gets the organisation that was created for the key if it can't be deleted
 */
const openFirst = async (
  { keys, variables, control }: Settings,
  opened: Provided,
  readOnly: boolean,
  keep: (organization: TargetOrganization) => void,
): Promise<OpeningKey | undefined> => {
  if (!opened.offers.has('fresh-organizations')) {
    return keys && { name: variables.allScopes ?? 'the key', value: keys.key };
  }
  if (readOnly) return undefined;
  const organization = await unlessUnavailable(opened.organization({}));
  if (!organization) return undefined;
  const close = async (): Promise<void> => {
    const gone = await organization.release().catch(() => false);
    if (!gone) keep(organization);
  };
  const made = unlessUnavailable(organization.key({}));
  const value = await made.catch(async (thrown: unknown) => {
    await close();
    throw thrown;
  });
  if (value !== undefined)
    return { name: control ? 'the control API' : 'provision.createKey', value, close };
  await close();
  return undefined;
};

/** What can't be provided is the matter of the rules that need it. */
const unlessUnavailable = <Value>(value: Promise<Value>): Promise<Value | undefined> =>
  value.catch((thrown: unknown) => {
    if (thrown instanceof Unavailable) return undefined;
    throw thrown;
  });

/** Gives an organisation that exists already to the first rule that asks for an ordinary one. */
const reusing = (spare: TargetOrganization, opened: Provided): Provided => {
  let left: TargetOrganization | undefined = spare;
  return {
    ...opened,
    organization: async (wanted) => {
      const ordinary = wanted.plan === undefined && !wanted.second;
      if (!ordinary || left === undefined) return opened.organization(wanted);
      const organization = left;
      left = undefined;
      return organization;
    },
  };
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
 * @param timeout - milliseconds that a response of the control API may take
 * @throws Breakdown when the control API or the functions can't be used
 */
export const provisionFor = async (
  { settings }: Pick<StartedTarget, 'settings'>,
  contract: Contract,
  { send, now }: Surroundings,
  timeout: number,
): Promise<Provided> => {
  const { control, provision, config, keys } = settings;
  const fetch = asFetch(withRepeatableWrites(send, isRepeatableControlCall));
  const common = {
    fetch: (request: Request) => fetch(request, AbortSignal.timeout(timeout)),
    now,
    scopes: contract.scopes,
    plan: planWithApi(contract),
  };
  if (control) return provisionByControl({ ...common, ...control });
  const shared = keys && provisionByKeys(keys);
  if (provision) return provideByFunctions({ ...common, provision, file: config, shared });
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
