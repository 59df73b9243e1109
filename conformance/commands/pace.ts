import type { Rule } from '../context/rule.ts';
import { createProbe, type Probe, smallestRead } from '../doctor/probe.ts';
import { describeMissing, type Target } from '../targets/target.ts';
import { computeForecast, type ForecastInput, formatForecast, type Pace } from './forecast.ts';
import type { Progress } from './progress.ts';
import type { CommandOptions, Session } from './session.ts';
import type { CommandContext } from './terminal.ts';

/** How many responses are measured. */
const samples = 3;

/**
 * Measures the first responses of a target, and reads its rate limit from them.
 *
 * @param key - of the organisation that the rules share; the limit is seen only with one
 * @returns undefined when there was no response
 */
export const measurePace = async (
  probe: Probe,
  key: string | undefined,
): Promise<Pace | undefined> => {
  const latencies: number[] = [];
  let limit: number | undefined;
  for (let sample = 0; sample < samples; sample += 1) {
    const answer = await probe(smallestRead, key).catch(() => undefined);
    // The run has its own way to report a target that doesn't respond.
    if (!answer) break;
    latencies.push(answer.receivedAt - answer.sentAt);
    limit = readLimit(answer.headers) ?? limit;
  }
  const latency = medianOf(latencies);
  return latency === undefined ? undefined : { latency, limit };
};

const readLimit = (headers: Headers): number | undefined => {
  const text = headers.get('x-ratelimit-limit') ?? '';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
};

const medianOf = (numbers: readonly number[]): number | undefined =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** The key of the organisation that the rules share; undefined where one would have to be made. */
const sharedKeyOf = async ({
  offers,
  organization,
}: Pick<Target, 'offers' | 'organization'>): Promise<string | undefined> => {
  if (offers.has('fresh-organizations') || offers.has('expiring-keys')) return undefined;
  try {
    return await (await organization({})).key({});
  } catch {
    return undefined;
  }
};

/** A run that is about to begin. */
interface Beginning {
  readonly options: CommandOptions;
  readonly context: CommandContext;
  readonly progress: Progress;
  /** The ids of the rules that are to be executed. */
  readonly ids: readonly string[];
}

/** Says what is tested, and what the run will send, create and take. */
export const announceRun = async (
  { options, context, progress, ids }: Beginning,
  { target, runner, concurrency, surroundings }: Omit<Session, 'compile' | 'close'>,
): Promise<void> => {
  const { seed, seedSource, costs, runs, maxRps, timeout } = options;
  const { url, offers, intention } = target;
  const from = seedSource === undefined ? '' : ` (from ${seedSource})`;
  progress.say(`Testing ${url}, seed ${String(seed)}${from}. ${intention}`);
  if (!costs) return;
  const { terminal } = context;
  const limit = Math.min(timeout, longestProbe);
  const chosen = new Set(ids);
  const lines = await describeRun({
    ...{ costs, runs, concurrency, maxRps, offers, omitted: runner.scope.omitted },
    rules: options.rules.filter(({ id }) => chosen.has(id)),
    probe: createProbe(url, surroundings, limit, terminal.interruption),
    key: await sharedKeyOf(target),
  });
  for (const line of lines) progress.say(line);
};

/** Milliseconds that one response may take here: a run says soon that it begins. */
const longestProbe = 2_000;

/** What a run takes, before its pace is measured. */
interface RunPlan extends Pick<ForecastInput, 'costs' | 'runs' | 'concurrency' | 'maxRps'> {
  readonly rules: readonly Rule[];
  readonly offers: Target['offers'];
  readonly omitted: ReadonlyMap<string, string>;
  readonly probe: Probe;
  readonly key: string | undefined;
  readonly windowSeconds?: number | undefined;
}

/** Describes what a run will send, create and take; its rules are those that lack no capability. */
export const describeRun = async (plan: RunPlan): Promise<string[]> => {
  const { rules, offers, omitted, probe, key, windowSeconds } = plan;
  const executed = rules.filter(
    (rule) =>
      rule.kind === 'check' &&
      rule.verifies.some((id) => !omitted.has(id)) &&
      describeMissing(rule, offers) === undefined,
  );
  const pace = await measurePace(probe, key);
  const input: ForecastInput = {
    ...{ ...plan, freshOrganizations: offers.has('fresh-organizations') },
    rules: executed.map(({ id }) => id),
    pace: pace && { ...pace, windowSeconds },
  };
  return formatForecast(computeForecast(input), input);
};
