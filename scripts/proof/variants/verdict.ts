import type { Outcome } from '../../../conformance/outcome.ts';
import type { Rule } from '../../../conformance/rule.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import type { Judgement } from '../bench.ts';
import { whyUnnoticed } from './blindness.ts';
import type { Accusation, Unnoticed, VariantResult } from './result.ts';
import type { Variant } from './variant.ts';

/**
 * What the suite's judgement says of a variant. It is cleared if no MUST failed and nothing broke
 * down: whatever else is told of it are deviations from decisions.
 */
export const concludeVariant = (
  { id, kind, varies, legal, combines, decisions, make }: Variant,
  { outcomes, requests, milliseconds }: Judgement,
  rules: readonly Rule[],
): VariantResult => {
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
  const accusations = failed.filter(({ level }) => level === 'MUST').map(accuse);
  const deviating = failed.filter(({ level }) => level === 'SHOULD');
  const errors = outcomes
    .filter(({ outcome }) => outcome === 'error')
    .map(({ id: rule, reason = '' }) => ({ rule, reason }));
  return {
    ...{ id, kind, server: make.server, varies, legal, combines },
    cleared: accusations.length === 0 && errors.length === 0,
    ...{ accusations, errors },
    deviations: [...new Set(deviating.flatMap(({ verifies }) => verifies))].sort(),
    unnoticed: decisions.flatMap((decision) => overlook(id, decision, outcomes, rules)),
    ...{ rules: outcomes.length, requests, seconds: Math.round(milliseconds / 100) / 10 },
  };
};

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
