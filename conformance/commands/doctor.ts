import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { type Contract, readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { planWithApi } from '../contract/operations.ts';
import { dossierTypes } from '../contract/resources.ts';
import { exitCodeOfFindings, type Finding, formatFindings } from '../doctor/findings.ts';
import { checkFlows } from '../doctor/flows.ts';
import { checkKeys } from '../doctor/keys.ts';
import { type Probe, requireAnswer, smallestRead } from '../doctor/probe.ts';
import { checkRateLimit } from '../doctor/rate-limit.ts';
import { checkReachability, type OpeningKey } from '../doctor/reachability.ts';
import { offeredFunctions, type Trial, tryProvided } from '../doctor/trial.ts';
import { describeProvisioning, forecastVerification } from '../doctor/verification.ts';
import { checkSink } from '../doctor/webhooks.ts';
import { Breakdown, breakdownError } from '../errors.ts';
import type { Surroundings } from '../http/message.ts';
import { asFetch } from '../http/web-classes.ts';
import { rules } from '../rules/index.ts';
import { readOrder } from '../rules/order.ts';
import { type ProfileName, profiles, readScope, rulesOfProfile } from '../runner/selection.ts';
import type { Target } from '../targets/target.ts';
import { connectBy } from './connection.ts';
import { addressOf, provisionFor, startTarget, withHeadersOf } from './open-target.ts';
import {
  addProfileOption,
  addTargetOptions,
  readTargetOptions,
  type TargetFlags,
} from './options.ts';
import { describeRun } from './pace.ts';
import { canArrive, openSinkFor, usualConcurrency } from './session.ts';
import { readSettings, type Settings, type TargetOptions } from './settings.ts';
import type { CommandContext } from './terminal.ts';

/** `doctor`: checks target and configuration before a run. */
export const addDoctor = (program: Command, context: CommandContext): void => {
  const command = program
    .command('doctor')
    .description('checks whether a run can begin, and what it would verify; creates nothing');
  addProfileOption(addTargetOptions(command).optionsGroup('Run:'))
    .option('--try', 'call each provision function, or the control API, once; this creates data')
    .addHelpText('after', exitCodes)
    .action(async ({ profile, try: trial, ...flags }: DoctorFlags) => {
      const options = { ...readTargetOptions(flags), profile, trial: trial === true };
      context.end(await examine(options, context));
    });
};

interface DoctorFlags extends TargetFlags {
  readonly profile?: ProfileName;
  readonly try?: true;
}

const exitCodes = `
Exit codes: 0 no problem, 2 the configuration is wrong, 3 requirements will stay unverified,
4 the target can't be reached.`;

/**
 * Examines a target, and prints the findings. Without a trial it creates nothing there.
 *
 * @returns the exit code
 * @throws Breakdown when the configuration is invalid, or the target doesn't start
 */
const examine = async (
  options: TargetOptions & {
    readonly profile: ProfileName | undefined;
    readonly trial: boolean;
  },
  context: CommandContext,
): Promise<number> => {
  const { terminal } = context;
  const contract = readContract();
  const connected = connectBy(options, context);
  const settings = await readSettings(options, contract, terminal.environment);
  const started = await startTarget(settings, options, contract, connected, terminal);
  const { url, settings: known, omissions } = started;
  const surroundings = withHeadersOf({ url, headers: settings.headers }, connected);
  try {
    const what = options.trial
      ? 'What is created there is deleted if it can be.'
      : 'Nothing is created there.';
    terminal.err(`Examining ${url}. ${what}\n\n`);
    const { timeout, trial, profile } = options;
    const run: DoctorRun = { url, contract, surroundings, timeout, profile };
    const address = addressOf(started, contract, surroundings, { ...terminal, timeout });
    let provision: Provided | Breakdown | undefined;
    let trialled: Trial | undefined;
    const reachability = await checkReachability(address, async () => {
      provision = await tryProvision(known, run);
      if (provision instanceof Breakdown) return undefined;
      if (trial) trialled = await tryOnce(provision, known, run);
      return trialled?.key ?? keyOf(known, provision);
    });
    const sick = reachability.some(({ mark }) => mark === 'down' || mark === 'wrong');
    const probe = requireAnswer(address.probeAt(url));
    const findings = [
      ...reachability,
      ...(trialled?.findings ?? []),
      ...(sick || !provision
        ? []
        : await checkProvision({ ...known, omissions }, provision, probe, run)),
    ];
    terminal.out(formatFindings(findings, terminal));
    return exitCodeOfFindings(findings);
  } catch (thrown) {
    if (terminal.interruption.aborted) throw breakdownError('The check was interrupted.');
    throw thrown;
  } finally {
    await started.close();
  }
};

type Provided = Pick<Target, 'offers' | 'organization' | 'intention'>;

interface DoctorRun {
  readonly url: string;
  readonly contract: Contract;
  readonly surroundings: Surroundings;
  readonly timeout: number;
  readonly profile: ProfileName | undefined;
}

/** The key of the user, unless organisations are created with keys of their own. */
const keyOf = ({ keys, variables }: Settings, { offers }: Provided): OpeningKey | undefined =>
  keys && !offers.has('fresh-organizations')
    ? { name: variables.allScopes ?? 'the key', value: keys.key }
    : undefined;

/** Calls the functions or the control API once; nothing where there are only keys. */
const tryOnce = async (
  provided: Provided,
  { control, provision }: Settings,
  { url, contract, surroundings, timeout }: DoctorRun,
): Promise<Trial | undefined> => {
  if (!control && !provision) return undefined;
  const offered = offeredFunctions(provided.offers);
  const send = (key: string, path: string, body?: string): Promise<Response> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const init = body === undefined ? { headers } : { method: 'POST', headers, body };
    return asFetch(surroundings.send)(new Request(url + path, init), AbortSignal.timeout(timeout));
  };
  return tryProvided({
    ...{ provided, plan: planWithApi(contract), flowType: dossierTypes(contract)[0] ?? '' },
    by: control ? 'The control API, ' : 'provision.',
    keyName: control ? 'the control API' : 'provision.createKey',
    exists: (name) => (control ? offered.has(name) : provision?.[name] !== undefined),
    createContact: async (key) => {
      const answer = await send(key, '/contacts', JSON.stringify({ full_name: 'Trial Contact' }));
      const { data } = (await answer.json()) as { readonly data?: { readonly id?: string } };
      return data?.id;
    },
    read: (key) => send(key, smallestRead),
    now: surroundings.now,
  });
};

/** What keys, functions or a control API allow. */
const checkProvision = async (
  settings: Settings,
  provision: Provided | Breakdown,
  probe: Probe,
  { url, contract, surroundings, timeout, profile }: DoctorRun,
): Promise<Finding[]> => {
  if (provision instanceof Breakdown) {
    const mark = provision.exitCode === 2 ? 'wrong' : 'down';
    return [{ chapter: 'Provisioning', mark, text: provision.message }];
  }
  const { keys, variables, webhook, rateLimit, omissions } = settings;
  const makesOwn = provision.offers.has('fresh-organizations');
  const target = { url, webhook, offers: provision.offers };
  const offers = canArrive(target) ? provision.offers : withoutEvents(provision.offers);
  const scopedKeys = makesOwn || settings.provision?.createKey ? undefined : keys?.scoped;
  const forecast = { contract, register: readRegister(), rules, offers, omissions, scopedKeys };
  const { findings, verifiable } = forecastVerification(forecast);
  const shared = makesOwn ? undefined : keys;
  return [
    ...describeProvisioning(provision, nameSource(settings)),
    ...(shared ? await checkKeys({ contract, keys: shared, variables, probe }) : []),
    ...(shared ? await checkFlows({ contract, keys: shared, variables, omissions, probe }) : []),
    ...(shared
      ? checkRateLimit({
          answer: await probe(smallestRead, shared.key),
          facts: rateLimit,
          rules: verifiable,
        })
      : []),
    ...(await checkSink({
      ...{ fetch: asFetch(surroundings.send), timeout, nonce: randomUUID() },
      openSink: () => openSinkFor(target, surroundings),
      standing: !offers.has('own-endpoints'),
    })),
    ...findings,
    ...(profile === undefined ? [] : await forecastRun(profile, provision, settings, probe)),
  ];
};

/** What a run with this profile would send, as the run itself says it. */
const forecastRun = async (
  profile: ProfileName,
  { offers }: Pick<Target, 'offers'>,
  { keys, rateLimit, omissions }: Settings,
  probe: Probe,
): Promise<Finding[]> => {
  const { omitted } = readScope(readContract(), readRegister(), omissions);
  const costs = readOrder();
  const within = rulesOfProfile(profile, costs);
  const text = await describeRun({
    rules: rules.filter(({ id }) => within?.ids.has(id) ?? true),
    ...{ offers, omitted, probe, runs: profiles[profile].runs, costs },
    concurrency: usualConcurrency,
    key: offers.has('fresh-organizations') ? undefined : keys?.key,
    windowSeconds: rateLimit?.windowSeconds,
  });
  return [
    {
      ...{ chapter: 'Verification', mark: 'ok' },
      text: `A run with --profile ${profile}: ${text.join(' ')}`,
    },
  ];
};

const nameSource = ({ control, provision }: Settings): string => {
  if (control) return 'By its control API';
  return provision ? 'By functions and keys' : 'By keys and declarations';
};

const tryProvision = (
  settings: Settings,
  { contract, surroundings, timeout }: DoctorRun,
): Promise<Provided | Breakdown> =>
  provisionFor({ settings }, contract, surroundings, timeout).catch((thrown: unknown) => {
    if (thrown instanceof Breakdown) return thrown;
    throw thrown;
  });

const withoutEvents = (offers: Target['offers']): Target['offers'] =>
  new Set([...offers].filter((one) => one !== 'webhooks' && one !== 'own-endpoints'));
