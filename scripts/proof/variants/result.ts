import { isDeepStrictEqual } from 'node:util';
import type { Rule } from '../../../conformance/context/rule.ts';
import type { Outcome } from '../../../conformance/runner/outcome.ts';
import type { Level, RequirementId } from '../../../openapi/register.ts';
import type { RuleRunResult } from '../harness/harness.ts';
import type { Recorded } from '../harness/record.ts';
import type { UntestedAlternative } from './catalogue.ts';
import type { Variant } from './variant.ts';

/** A MUST rule that failed on a variant. */
interface Accusation {
  readonly rule: string;
  readonly verifies: readonly RequirementId[];
  readonly expected: string;
  readonly actual: string;
}

/** A decision that a variant deviates from, without a rule that reports it. */
interface Unnoticed {
  readonly decision: RequirementId;
  /** The ids of the rules that verify it. */
  readonly by: readonly string[];
  /** Why no rule can report it, if known. */
  readonly because?: string;
}

/** A rule that verified nothing. */
export interface Unverified {
  readonly rule: string;
  readonly level: Level;
  readonly reason: string;
}

/** The result of one variant. */
export interface VariantResult extends Pick<
  Variant,
  'id' | 'kind' | 'varies' | 'legal' | 'combines'
> {
  readonly server: 'plain' | 'reference';
  /** Whether some rule passed, no MUST failed, no rule broke down, and every MUST was verified. */
  readonly cleared: boolean;
  /** False alarms, since a variant breaks nothing. */
  readonly accusations: readonly Accusation[];
  readonly errors: readonly { readonly rule: string; readonly reason: string }[];
  readonly unverified: readonly Unverified[];
  /** The requirements of the SHOULD rules that failed. */
  readonly deviations: readonly RequirementId[];
  /** The deviations from decisions that the variant isn't meant to deviate from. */
  readonly unexpected: readonly RequirementId[];
  readonly unnoticed: readonly Unnoticed[];
  /** How many rules passed or failed. */
  readonly rules: number;
  readonly requests: number;
  readonly seconds: number;
}

/** The results of all variants. */
export interface VariantsResult {
  /** The commits at which the variants were judged. */
  readonly commits: readonly string[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  readonly variants: readonly VariantResult[];
  /** Alternatives that the plain server doesn't implement. */
  readonly untested: readonly UntestedAlternative[];
}

/**
 * Assesses the outcomes for a variant: see `VariantResult.cleared`. Failed SHOULDs are deviations from
 * decisions.
 */
export const assessVariant = (
  { id, kind, varies, legal, combines, decisions, make }: Variant,
  { outcomes, requests, milliseconds }: RuleRunResult,
  rules: readonly Rule[],
): VariantResult => {
  const [passed, failed] = [withOutcome(outcomes, 'passed'), withOutcome(outcomes, 'failed')];
  const accusations = failed.filter(({ level }) => level === 'MUST').map(toAccusation);
  const errors = withOutcome(outcomes, 'error').map(({ id: rule, reason = '' }) => ({
    rule,
    reason,
  }));
  const unverified = withOutcome(outcomes, 'not-verified', 'omitted').map(
    ({ id: rule, level, reason = '' }) => ({ rule, level, reason }),
  );
  const deviating = failed.filter(({ level }) => level === 'SHOULD');
  const unintended = deviating.filter(
    ({ verifies }) => !verifies.some((one) => decisions.includes(one)),
  );
  const open = unverified.filter(({ level }) => level === 'MUST');
  return {
    ...{ id, kind, server: make.server, varies, legal, combines },
    cleared: passed.length > 0 && accusations.length + errors.length + open.length === 0,
    ...{ accusations, errors, unverified },
    deviations: verifiedBy(deviating),
    unexpected: verifiedBy(unintended),
    unnoticed: decisions.flatMap((decision) => findUnnoticed(id, decision, outcomes, rules)),
    rules: passed.length + failed.length,
    ...{ requests, seconds: Math.round(milliseconds / 100) / 10 },
  };
};

const withOutcome = (
  outcomes: readonly Outcome[],
  ...kinds: readonly Outcome['outcome'][]
): readonly Outcome[] => outcomes.filter(({ outcome }) => kinds.includes(outcome));

const verifiedBy = (outcomes: readonly Outcome[]): readonly RequirementId[] =>
  [...new Set(outcomes.flatMap(({ verifies }) => verifies))].sort();

const toAccusation = ({ id: rule, verifies, counterexample }: Outcome): Accusation => ({
  ...{ rule, verifies },
  expected: shorten(counterexample?.expected),
  actual: shorten(counterexample?.actual),
});

const shorten = (text = ''): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** The rules about a decision that the variant deviates from, if none of them reported it. */
const findUnnoticed = (
  id: string,
  decision: RequirementId,
  outcomes: readonly Outcome[],
  rules: readonly Rule[],
): readonly Unnoticed[] => {
  const by = rules
    .filter(({ level, verifies }) => level === 'SHOULD' && verifies.includes(decision))
    .map((rule) => rule.id);
  const reported = outcomes.some((one) => one.outcome === 'failed' && by.includes(one.id));
  if (reported || by.length === 0) return [];
  const because = whyUnnoticed[id];
  return [{ decision, by, ...(because === undefined ? {} : { because }) }];
};

/**
 * Why no rule reports the deviation of these variants. Any other unnoticed deviation is an error in a
 * rule or in the variant.
 */
export const whyUnnoticed: Readonly<Record<string, string>> = {
  'LG-ERR-025/2': 'HEAD has no body, and OPTIONS is used by browsers: the rule sends neither.',
  'LG-FLO-014/1': 'A scale from 0 to 1 lies within the one from 0 to 100.',
  'LG-GEN-004/1': 'The media type is the same with parameters.',
  'LG-GEN-010/1': "The rules compare with the Date header, which is of the server's clock too.",
  'LG-LIM-004/2': 'The rule asks when more than a second is left.',
  'LG-LIM-013/1': 'The second limit is above what the rule sends; `limit-bursts` has a lower one.',
  'LG-LIM-015/2': 'Nothing flows back in the moments for which the rules look.',
  'freedom/clock-behind':
    "The rules compare with the Date header, which is of the server's clock too.",
  'dressed/clock-ahead':
    "The rules compare with the Date header, which is of the server's clock too.",
  'LG-WEB-039/2': 'The endpoint is switched off after more failures than the rule makes.',
};

/** A variant in one line, and a line for each failure or deviation. */
export const formatVariant = (result: VariantResult): string => {
  const { id, cleared, deviations, rules, requests, seconds } = result;
  const cost = `${rules} rules, ${requests} requests, ${seconds} s`;
  const head = `${cleared ? 'cleared' : 'NOT CLEARED'} ${id} (${cost}) ${deviations.join(' ')}`;
  return [head.trimEnd(), ...formatOpen(result), ...formatDeviations(result)].join('\n');
};

/** A line for each accusation, breakdown and unverified rule. */
const formatOpen = ({ accusations, errors, unverified }: VariantResult): string[] => [
  ...accusations.map(
    ({ rule, verifies, expected, actual }) =>
      `  ${rule} (${verifies.join(', ')}): expected ${expected} | actual ${actual}`,
  ),
  ...errors.map(({ rule, reason }) => `  ${rule} broke down: ${reason}`),
  ...unverified.map(
    ({ rule, level, reason }) => `  ${rule} (${level}) verified nothing: ${reason}`,
  ),
];

/** A line for all unexpected deviations, and one for each unnoticed one. */
const formatDeviations = ({ unexpected, unnoticed }: VariantResult): string[] => [
  ...(unexpected.length > 0
    ? [`  deviates besides what it varies in: ${unexpected.join(' ')}`]
    : []),
  ...unnoticed.map(
    ({ decision, by, because = 'why is not known' }) =>
      `  ${decision} was not noticed by ${by.join(', ')}: ${because}`,
  ),
];

/** All results for the terminal; `sound` if every variant was cleared. */
export const formatVariants = ({
  variants,
  untested,
}: VariantsResult): { text: string; sound: boolean } => {
  const open = variants.filter(({ cleared }) => !cleared);
  const single = variants.filter(({ kind }) => kind !== 'combination');
  const unexplained = single.filter(({ unnoticed }) =>
    unnoticed.some(({ because }) => because === undefined),
  );
  const broad = single.filter(({ unexpected }) => unexpected.length > 0);
  const lines = [
    `${variants.length - open.length} of ${variants.length} variants cleared.`,
    ...open.map(({ id }) => `  ${id} was not cleared.`),
    `${unexplained.length} single variants deviate from a decision, and no rule noticed, for an unknown reason.`,
    `${broad.length} single variants deviate from decisions besides theirs.`,
    ...untested.map(({ id, reason }) => `  Not tested: ${id}. ${reason}`),
  ];
  return { text: lines.join('\n'), sound: open.length === 0 };
};

/** The earlier results that are still valid, by variant id, and the commits of the record. */
export interface EarlierResults {
  readonly results: ReadonlyMap<string, VariantResult>;
  readonly commits: readonly string[];
}

export const noneEarlier: EarlierResults = { results: new Map(), commits: [] };

/**
 * Keeps the cleared results of a record with the same seed and number of cases, if the variant hasn't
 * changed and its unnoticed deviations are explained. All other variants have to be judged.
 */
export const keepCleared = (
  found: Recorded<VariantsResult>,
  planned: readonly Variant[],
  { seed, runs }: Pick<VariantsResult, 'seed' | 'runs'>,
): EarlierResults => {
  if (found.seed !== seed || found.runs !== runs) return noneEarlier;
  const plans = new Map(planned.map((variant) => [variant.id, variant]));
  const kept = found.variants.filter((result) => {
    const { varies, combines } = plans.get(result.id) ?? {};
    const isSame = isDeepStrictEqual([varies, combines], [result.varies, result.combines]);
    const isExplained = result.unnoticed.every(({ because }) => because !== undefined);
    return result.cleared && isSame && (isExplained || result.kind === 'combination');
  });
  return { results: new Map(kept.map((result) => [result.id, result])), commits: found.commits };
};
