import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { type Contract, readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { exitCodeOfFindings, type Finding, formatFindings } from '../doctor/findings.ts';
import { checkFlows } from '../doctor/flows.ts';
import { checkKeys } from '../doctor/keys.ts';
import { createProbe, type Probe, requireAnswer, smallestRead } from '../doctor/probe.ts';
import { checkRateLimit } from '../doctor/rate-limit.ts';
import { checkReachability } from '../doctor/reachability.ts';
import { describeProvisioning, forecastVerification } from '../doctor/verification.ts';
import { checkSink } from '../doctor/webhooks.ts';
import { Breakdown, breakdownError } from '../errors.ts';
import type { Surroundings } from '../http/message.ts';
import { asFetch } from '../http/web-classes.ts';
import { rules } from '../rules/index.ts';
import { readOrder } from '../rules/order.ts';
import { type ProfileName, profiles, readScope } from '../runner/selection.ts';
import type { Target } from '../targets/target.ts';
import { provisionFor, startTarget } from './open-target.ts';
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
    .addHelpText('after', exitCodes)
    .action(async ({ profile, ...flags }: DoctorFlags) => {
      context.end(await examine({ ...readTargetOptions(flags), profile }, context));
    });
};

interface DoctorFlags extends TargetFlags {
  readonly profile?: ProfileName;
}

const exitCodes = `
Exit codes: 0 no problem, 2 the configuration is wrong, 3 requirements will stay unverified,
4 the target can't be reached.`;

/**
 * Examines a target without creating anything there, and prints the findings.
 *
 * @returns the exit code
 * @throws Breakdown when the configuration is invalid, or the target doesn't start
 */
const examine = async (
  options: TargetOptions & { readonly profile: ProfileName | undefined },
  context: CommandContext,
): Promise<number> => {
  const { terminal, surroundings } = context;
  const contract = readContract();
  const settings = await readSettings(options, contract, terminal.environment);
  const started = await startTarget(settings, options, contract, surroundings, terminal);
  try {
    const { url, from, settings: known, omissions } = started;
    terminal.err(`Examining ${url}. Nothing is created there.\n\n`);
    const probeAt = (base: string): Probe =>
      createProbe(base, surroundings, options.timeout, terminal.interruption);
    const reachability = await checkReachability({ url, from, probeAt });
    const findings = reachability.some(({ mark }) => mark === 'down' || mark === 'wrong')
      ? reachability
      : [
          ...reachability,
          ...(await checkWithKeys({ ...known, omissions }, requireAnswer(probeAt(url)), {
            ...{ url, contract, surroundings, timeout: options.timeout, profile: options.profile },
          })),
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

interface DoctorRun {
  readonly url: string;
  readonly contract: Contract;
  readonly surroundings: Surroundings;
  readonly timeout: number;
  readonly profile: ProfileName | undefined;
}

/** What only keys or a control API can show. */
const checkWithKeys = async (
  settings: Settings,
  probe: Probe,
  { url, contract, surroundings, timeout, profile }: DoctorRun,
): Promise<Finding[]> => {
  const provision = await tryProvision(settings, contract, surroundings);
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
  const text = await describeRun({
    ...{ rules, offers, omitted, probe, runs: profiles[profile].runs, costs: readOrder() },
    concurrency: usualConcurrency({ offers }),
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
  contract: Contract,
  surroundings: Surroundings,
): Promise<Pick<Target, 'offers' | 'organization' | 'intention'> | Breakdown> =>
  provisionFor({ settings }, contract, surroundings).catch((thrown: unknown) => {
    if (thrown instanceof Breakdown) return thrown;
    throw thrown;
  });

const withoutEvents = (offers: Target['offers']): Target['offers'] =>
  new Set([...offers].filter((one) => one !== 'webhooks' && one !== 'own-endpoints'));
