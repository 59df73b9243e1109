import { count } from '../reporters/summary.ts';
import type { RuleCost } from '../rules/order.ts';

/** What a run will send, and how fast the target takes it. */
export interface ForecastInput {
  /** The ids of the rules that will be executed. */
  readonly rules: Iterable<string>;
  readonly costs: readonly RuleCost[];
  /** Generated cases for each property. */
  readonly runs: number;
  /** Rules that are executed at the same time; `adaptive` for as many as the target can take. */
  readonly concurrency: number | 'adaptive';
  /** Requests a second at most, if the user set a limit. */
  readonly maxRps?: number | undefined;
  /** Whether each case has a new organisation; if so, no limit covers the whole run. */
  readonly freshOrganizations: boolean;
  /** As measured; undefined when nothing was measured. */
  readonly pace?: Pace | undefined;
}

/** What the first responses of a target show. */
export interface Pace {
  /** Milliseconds of the median response. */
  readonly latency: number;
  /** Requests in each window of the rate limit, if the responses show it. */
  readonly limit?: number | undefined;
  /** Seconds; those that the register states unless the configuration says otherwise. */
  readonly windowSeconds?: number | undefined;
}

export interface Forecast {
  /** At most: a rule that fails ends sooner, and one that lacks a capability sends nothing. */
  readonly requests: number;
  readonly organizations: number;
  /** At the pace of the target; undefined when it is unknown. */
  readonly seconds: number | undefined;
  /** What makes it last that long, where that isn't the pace of the target. */
  readonly boundBy: 'rate limit' | '--max-rps' | undefined;
}

/** Milliseconds of the suite's own work for each request. */
const ownWork = 0.8;

/** LG-LIM-008: a window has 60 seconds. */
const usualWindow = 60;

/** Computes what a run will send, and about how long it takes. */
export const computeForecast = (input: ForecastInput): Forecast => {
  const { costs, runs, concurrency, maxRps, freshOrganizations, pace } = input;
  const requestsOf = requestCounter(costs, runs);
  const organizationsOf = organizationCounter(costs, runs);
  const ids = [...input.rules];
  const requests = sum(ids.map(requestsOf));
  const organizations = freshOrganizations ? sum(ids.map(organizationsOf)) : 0;
  if (!pace) return { requests, organizations, seconds: undefined, boundBy: undefined };
  const { latency, limit, windowSeconds = usualWindow } = pace;
  const free = (requests * (latency / widthFor(concurrency, latency) + ownWork)) / 1000;
  const paced = maxRps === undefined ? 0 : requests / maxRps;
  // The first window is open already.
  const limited =
    limit === undefined || freshOrganizations
      ? 0
      : Math.max(0, Math.ceil(requests / Math.max(1, limit)) - 1) * windowSeconds;
  const seconds = Math.max(free, paced, limited);
  return { requests, organizations, seconds, boundBy: boundOf(seconds, free, limited) };
};

/** The usual width of an adaptive run: the longer a response takes, the more wait side by side. */
const widthFor = (concurrency: ForecastInput['concurrency'], latency: number): number =>
  concurrency === 'adaptive' ? Math.min(48, Math.max(4, latency / 2)) : concurrency;

const boundOf = (seconds: number, free: number, limited: number): Forecast['boundBy'] => {
  if (seconds === free) return undefined;
  return seconds === limited ? 'rate limit' : '--max-rps';
};

/** How many requests a rule sends at most, by its id; a rule that was not measured gets the average. */
export const requestCounter = (
  costs: readonly RuleCost[],
  runs: number,
): ((id: string) => number) => counter(costs, runs, ({ requests }) => requests);

const organizationCounter = (costs: readonly RuleCost[], runs: number) =>
  counter(costs, runs, ({ organizations }) => organizations);

const counter = (
  costs: readonly RuleCost[],
  runs: number,
  partsOf: (cost: RuleCost) => readonly [fixed: number, perCase: number],
): ((id: string) => number) => {
  const known = new Map(
    costs.map((cost) => {
      const [fixed, perCase] = partsOf(cost);
      return [cost.id, fixed + perCase * runs];
    }),
  );
  const average = Math.ceil(sum([...known.values()]) / Math.max(1, known.size));
  return (id) => known.get(id) ?? average;
};

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

/** The forecast in sentences, a line each. */
export const formatForecast = (
  { requests, organizations, seconds, boundBy }: Forecast,
  { concurrency, pace, maxRps }: Pick<ForecastInput, 'concurrency' | 'pace' | 'maxRps'>,
): string[] => {
  const where = organizations === 0 ? '' : ` in ${amount(organizations, 'new organisation')}`;
  const first = `It sends at most ${amount(requests, 'request')}${where}.`;
  if (seconds === undefined || !pace) {
    return [first, 'How long that takes is unknown: the target gave no response to measure.'];
  }
  const latency = `${formatLatency(pace.latency)} per response`;
  const rules =
    concurrency === 'adaptive'
      ? 'as many rules at a time as it takes'
      : `${count(concurrency, 'rule')} at a time`;
  const { limit, windowSeconds = usualWindow } = pace;
  const limits = {
    'rate limit': `within its rate limit, ${String(limit ?? 0)} requests in ${String(windowSeconds)} s`,
    '--max-rps': `with --max-rps ${String(maxRps ?? 0)}`,
  };
  const why = boundBy ? limits[boundBy] : `at the pace of the target, ${latency}, ${rules}`;
  return [first, `That takes about ${formatAbout(seconds)} ${why}.`];
};

const amount = (number: number, noun: string): string =>
  `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`;

const formatLatency = (milliseconds: number): string =>
  milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${String(Math.round(milliseconds))} ms`;

const formatAbout = (seconds: number): string => {
  if (seconds < 120) return `${String(Math.max(1, Math.ceil(seconds)))} s`;
  if (seconds < 7_200) return `${String(Math.ceil(seconds / 60))} min`;
  return `${String(Math.ceil(seconds / 3_600))} h`;
};
