import { createProbe, type Probe, smallestRead } from '../doctor/probe.ts';
import { describeMissing, type Target } from '../targets/target.ts';
import { computeForecast, formatForecast, type Pace } from './forecast.ts';
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
export const sharedKeyOf = async ({
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
  session: Pick<Session, 'target' | 'runner' | 'concurrency'>,
): Promise<void> => {
  const { seed, seedSource, costs, runs, maxRps, timeout } = options;
  const { target, concurrency } = session;
  const from = seedSource === undefined ? '' : ` (from ${seedSource})`;
  progress.say(`Testing ${target.url}, seed ${String(seed)}${from}. ${target.intention}`);
  if (!costs) return;
  const { surroundings, terminal } = context;
  const limit = Math.min(timeout, longestProbe);
  const probe = createProbe(target.url, surroundings, limit, terminal.interruption);
  const pace = await measurePace(probe, await sharedKeyOf(target));
  const freshOrganizations = target.offers.has('fresh-organizations');
  const known = { costs, runs, concurrency, maxRps, freshOrganizations, pace };
  const forecast = computeForecast({ ...known, rules: executableOf(options, ids, session) });
  for (const line of formatForecast(forecast, known)) progress.say(line);
};

/** Milliseconds that one response may take here: a run says soon that it begins. */
const longestProbe = 2_000;

/** The ids of the rules that lack no capability and aren't omitted. */
const executableOf = (
  { rules }: CommandOptions,
  ids: readonly string[],
  { target, runner }: Pick<Session, 'target' | 'runner'>,
): string[] => {
  const chosen = new Set(ids);
  const { omitted } = runner.scope;
  return rules
    .filter((rule) => chosen.has(rule.id) && rule.verifies.some((id) => !omitted.has(id)))
    .filter((rule) => !('needs' in rule) || describeMissing(rule, target.offers) === undefined)
    .map(({ id }) => id);
};
