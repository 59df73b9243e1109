import type { Court } from '../../../conformance/court.ts';
import type { CheckRule } from '../../../conformance/rule.ts';
import { serves } from './measure.ts';

/** What the rules found about a server. */
export type Finding =
  | { readonly kind: 'failed'; readonly by: readonly string[]; readonly reason: string }
  | { readonly kind: 'passed'; readonly judged: number }
  /** No rule failed, and some couldn't be brought to their end. */
  | {
      readonly kind: 'error';
      readonly by: readonly string[];
      readonly judged: number;
      readonly reason: string;
    };

/** So many rules that break down since nobody answers them: the server is as good as dead. */
const deadAfter = 4;
/** So many rules that break down: the others would end no better. If none passed, it is dead. */
const mostErrors = 16;
/** So many rules one by one, since the likeliest to find a fault stand first. */
const likely = 6;
/** So many without a finding, and it is time to begin with those that wait. */
const head = 24;

/**
 * Judges a server by rules until the first fails. A rule that fails or breaks down is judged again,
 * since what is late isn't lost; it counts if it does so twice.
 *
 * @param width - how many rules at the same time
 * @param passed - is told of each rule that the server keeps
 */
export const judgeServer = (
  court: Court,
  rules: readonly CheckRule[],
  width: number,
  passed: (rule: CheckRule) => void = () => undefined,
): Promise<Finding> => {
  const errors: Breakdown[] = [];
  let [judged, kept] = [0, 0];
  return new Promise<Finding>((resolve, reject) => {
    let over = false;
    const end = (finding: Finding): void => {
      over = true;
      resolve(finding);
    };
    const lane = async (queue: Iterable<CheckRule>): Promise<void> => {
      for (const rule of queue) {
        if (over || errors.length >= mostErrors) return;
        const { outcome, reason, failure } = await judgeByOne(court, rule);
        judged += 1;
        if (failure) end(failure);
        else if (outcome === 'passed') {
          kept += 1;
          passed(rule);
        } else if (outcome === 'error') {
          errors.push({ rule: rule.id, reason });
          if (errors.filter(isUnanswered).length >= deadAfter) end(dead(errors));
        }
      }
    };
    goThrough(rules, width, lane).then(() => {
      end(sumUp(judged, kept, errors));
    }, reject);
  });
};

interface Breakdown {
  readonly rule: string;
  readonly reason: string;
}

/** Of a server that leaves requests without an answer, or that no rule at all can judge. */
const dead = (errors: readonly Breakdown[]): Finding => ({
  ...{ kind: 'failed', by: [serves, ...errors.map(({ rule }) => rule)] },
  reason: errors[0]?.reason ?? '',
});

/** As `conformance/world/timeout.ts` words it. */
const isUnanswered = ({ reason }: Breakdown): boolean =>
  /was not answered within|Check that the target is still running/.test(reason);

const sumUp = (judged: number, kept: number, errors: readonly Breakdown[]): Finding => {
  const [first] = errors;
  if (!first) return { kind: 'passed', judged };
  if (kept === 0 && errors.length >= mostErrors) return dead(errors);
  const reason = `${first.rule}: ${first.reason}`;
  return { kind: 'error', by: errors.map(({ rule }) => rule), judged, reason };
};

/** The likeliest first; those that wait are begun together, so that they wait together. */
const goThrough = async (
  rules: readonly CheckRule[],
  width: number,
  lane: (queue: Iterable<CheckRule>) => Promise<void>,
): Promise<void> => {
  const inLanes = (queue: Iterable<CheckRule>): Promise<void>[] =>
    Array.from({ length: width }, () => lane(queue));
  const quick = rules.filter(({ waits }) => !waits);
  const patient = rules.filter(({ waits }) => waits);
  await lane(quick.slice(0, likely));
  await Promise.all(inLanes(quick.slice(likely, head).values()));
  await Promise.all([
    ...inLanes(quick.slice(head).values()),
    ...patient.map((rule) => lane([rule])),
  ]);
};

/** How the server fared with one rule, and with those that watch every exchange. */
const judgeByOne = async (court: Court, rule: CheckRule) => {
  const { outcome, reason = '', counterexample } = await judgeTwice(court, rule);
  if (outcome === 'failed') return { outcome, reason, failure: fail([rule.id], counterexample) };
  const ambient = court.concludeAmbient().find((one) => one.outcome === 'failed');
  if (!ambient) return { outcome, reason, failure: undefined };
  const failure = fail([ambient.id, rule.id], ambient.counterexample);
  return { outcome: 'failed' as const, reason, failure };
};

const judgeTwice = async (court: Court, rule: CheckRule) => {
  const first = await court.judge(rule);
  return ['failed', 'error'].includes(first.outcome) ? court.judge(rule) : first;
};

const fail = (
  by: readonly string[],
  gap: { readonly expected: string; readonly actual: string } | undefined,
): Finding => {
  const reason = gap ? `expected ${gap.expected}; ${gap.actual}`.slice(0, 300) : '';
  return { kind: 'failed', by, reason };
};
