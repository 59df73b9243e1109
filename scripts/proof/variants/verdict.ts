import type { Outcome } from '../../../conformance/outcome.ts';
import type { Rule } from '../../../conformance/rule.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import type { Judgement } from '../bench.ts';
import { whyUnnoticed } from './blindness.ts';
import type { Accusation, Unnoticed, VariantResult } from './result.ts';
import type { Variant } from './variant.ts';

/**
 * What the suite's judgement says of a variant. It is cleared if rules passed, no MUST failed,
 * nothing broke down, and no MUST was left unverified: whatever else is told of it are deviations from
 * decisions.
 */
export const concludeVariant = (
  { id, kind, varies, legal, combines, decisions, make }: Variant,
  { outcomes, requests, milliseconds }: Judgement,
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
    unnoticed: decisions.flatMap((decision) => overlook(id, decision, outcomes, rules)),
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
const overlook = (
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
