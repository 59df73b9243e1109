import { isDeepStrictEqual } from 'node:util';
import type { Rule } from '../../../conformance/context/rule.ts';
import type { Outcome } from '../../../conformance/runner/outcome.ts';
import type { Level, RequirementId } from '../../../openapi/register.ts';
import type { RuleRunResult } from '../harness/harness.ts';
import type { Recorded } from '../harness/record.ts';
import type { UntestedAlternative } from './catalogue.ts';
import type { Variant } from './variant.ts';

/** A MUST that a variant is said to break. */
interface Accusation {
  readonly rule: string;
  readonly verifies: readonly RequirementId[];
  readonly expected: string;
  readonly actual: string;
}

/** A decision that a variant takes otherwise, and that no rule saw. */
interface Unnoticed {
  readonly decision: RequirementId;
  /** The rules that verify it. */
  readonly by: readonly string[];
  /** Why that is as it should be, where it is. */
  readonly because?: string;
}

/** A rule that came to no verdict. */
export interface Unverified {
  readonly rule: string;
  readonly level: Level;
  /** What the suite says of it. */
  readonly reason: string;
}

/** How one variant fared. */
export interface VariantResult extends Pick<
  Variant,
  'id' | 'kind' | 'varies' | 'legal' | 'combines'
> {
  readonly server: 'plain' | 'reference';
  /** Whether rules passed, nothing was said against it, and no MUST was left open. */
  readonly cleared: boolean;
  /** False alarms, as a variant breaks nothing. */
  readonly accusations: readonly Accusation[];
  readonly errors: readonly { readonly rule: string; readonly reason: string }[];
  readonly unverified: readonly Unverified[];
  /** What the SHOULD rules that failed verify. */
  readonly deviations: readonly RequirementId[];
  /** Those of them that come from rules about nothing that the variant takes otherwise. */
  readonly unexpected: readonly RequirementId[];
  readonly unnoticed: readonly Unnoticed[];
  /** How many rules judged it: they passed or failed. */
  readonly rules: number;
  readonly requests: number;
  readonly seconds: number;
}

/** What came of judging the variants. */
export interface VariantsResult {
  /** The states of the repository at which they were judged. */
  readonly commits: readonly string[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  readonly variants: readonly VariantResult[];
  /** Alternatives that no server here takes. */
  readonly untested: readonly UntestedAlternative[];
}

/**
 * What the suite's judgement says of a variant. It is cleared if rules passed, no MUST failed,
 * nothing broke down, and no MUST was left unverified: whatever else is told of it are deviations from
 * decisions.
 */
export const assessVariant = (
  { id, kind, varies, legal, combines, decisions, make }: Variant,
  { outcomes, requests, milliseconds }: RuleRunResult,
  rules: readonly Rule[],
): VariantResult => {
  const [passed, failed] = [ended(outcomes, 'passed'), ended(outcomes, 'failed')];
  const accusations = failed.filter(({ level }) => level === 'MUST').map(accuse);
  const errors = ended(outcomes, 'error').map(({ id: rule, reason = '' }) => ({ rule, reason }));
  const unverified = ended(outcomes, 'not-verified', 'omitted').map(
    ({ id: rule, level, reason = '' }) => ({ rule, level, reason }),
  );
  const deviating = failed.filter(({ level }) => level === 'SHOULD');
  const aside = deviating.filter(
    ({ verifies }) => !verifies.some((one) => decisions.includes(one)),
  );
  const open = unverified.filter(({ level }) => level === 'MUST');
  return {
    ...{ id, kind, server: make.server, varies, legal, combines },
    cleared: passed.length > 0 && accusations.length + errors.length + open.length === 0,
    ...{ accusations, errors, unverified },
    deviations: verifiedBy(deviating),
    unexpected: verifiedBy(aside),
    unnoticed: decisions.flatMap((decision) => findUnnoticed(id, decision, outcomes, rules)),
    rules: passed.length + failed.length,
    ...{ requests, seconds: Math.round(milliseconds / 100) / 10 },
  };
};

const ended = (
  outcomes: readonly Outcome[],
  ...ways: readonly Outcome['outcome'][]
): readonly Outcome[] => outcomes.filter(({ outcome }) => ways.includes(outcome));

const verifiedBy = (outcomes: readonly Outcome[]): readonly RequirementId[] =>
  [...new Set(outcomes.flatMap(({ verifies }) => verifies))].sort();

const accuse = ({ id: rule, verifies, counterexample }: Outcome): Accusation => ({
  ...{ rule, verifies },
  expected: shorten(counterexample?.expected),
  actual: shorten(counterexample?.actual),
});

/** Enough to know what it is about. */
const shorten = (text = ''): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

/** The rules that could have seen that a decision is taken otherwise, where none of them did. */
const findUnnoticed = (
  id: string,
  decision: RequirementId,
  outcomes: readonly Outcome[],
  rules: readonly Rule[],
): readonly Unnoticed[] => {
  const by = rules
    .filter(({ level, verifies }) => level === 'SHOULD' && verifies.includes(decision))
    .map((rule) => rule.id);
  const seen = outcomes.some((one) => one.outcome === 'failed' && by.includes(one.id));
  if (seen || by.length === 0) return [];
  const because = whyUnnoticed[id];
  return [{ decision, by, ...(because === undefined ? {} : { because }) }];
};

/**
 * Variants that take a decision otherwise without any rule telling so, and why that is as it should
 * be. Whatever is unnoticed beside these is a rule that looks away, or a variant that doesn't vary.
 */
export const whyUnnoticed: Readonly<Record<string, string>> = {
  'LG-ERR-025/2':
    'HEAD has no body that could be judged, and OPTIONS belongs to whoever lets browsers in: the rule sends neither.',
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

/** A variant in a line, and a line for each thing that was said of it. */
export const formatVariant = (result: VariantResult): string => {
  const { id, cleared, deviations, rules, requests, seconds } = result;
  const cost = `${rules} rules, ${requests} requests, ${seconds} s`;
  const head = `${cleared ? 'cleared' : 'NOT CLEARED'} ${id} (${cost}) ${deviations.join(' ')}`;
  return [head.trimEnd(), ...formatOpen(result), ...formatDeviations(result)].join('\n');
};

/** What keeps it from being cleared, or might. */
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

/** What the rules about decisions saw of it, and didn't. */
const formatDeviations = ({ unexpected, unnoticed }: VariantResult): string[] => [
  ...(unexpected.length > 0 ? [`  beside what it varies: ${unexpected.join(' ')}`] : []),
  ...unnoticed.map(
    ({ decision, by, because = 'why is not known' }) =>
      `  ${decision} was not noticed by ${by.join(', ')}: ${because}`,
  ),
];

/** What came of all of them, and whether each was cleared. */
export const formatVariants = ({
  variants,
  untested,
}: VariantsResult): { text: string; sound: boolean } => {
  const open = variants.filter(({ cleared }) => !cleared);
  const single = variants.filter(({ kind }) => kind !== 'combination');
  const blind = single.filter(({ unnoticed }) =>
    unnoticed.some(({ because }) => because === undefined),
  );
  const wide = single.filter(({ unexpected }) => unexpected.length > 0);
  const lines = [
    `${variants.length - open.length} of ${variants.length} variants cleared.`,
    ...open.map(({ id }) => `  ${id} was not cleared.`),
    `${blind.length} single variants take a decision otherwise, and nobody knows why no rule noticed.`,
    `${wide.length} single variants deviate beside what they vary.`,
    ...untested.map(({ id, reason }) => `  Not tried: ${id}. ${reason}`),
  ];
  return { text: lines.join('\n'), sound: open.length === 0 };
};

/** What was found before and still holds, by variant, and the states of the repository it is of. */
export interface EarlierResults {
  readonly results: ReadonlyMap<string, VariantResult>;
  readonly commits: readonly string[];
}

export const noneEarlier: EarlierResults = { results: new Map(), commits: [] };

/**
 * The variants that the record has cleared, and of which no rule looked away, as far as they are the same servers still, and were
 * judged by the same seed and number of cases. All others have to be judged.
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
