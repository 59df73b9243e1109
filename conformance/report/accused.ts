import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';

/**
 * The requirements that a failure is about: those that the rule named, or those about the operation
 * at which it failed, or all that it verifies.
 */
export const accusedBy = (
  { verifies, counterexample }: Pick<Outcome, 'verifies' | 'counterexample'>,
  register: readonly Requirement[],
): readonly Requirement[] => {
  const verified = register.filter(({ id }) => verifies.includes(id));
  const { about: named = [], exchanges = [] } = counterexample ?? {};
  if (named.length > 0) return verified.filter(({ id }) => named.includes(id));
  const operation = exchanges.at(-1)?.operation;
  const about = verified.filter(
    ({ concerns }) => concerns.includes('all') || (operation && concerns.includes(operation)),
  );
  return about.length > 0 ? about : verified;
};

/** Their ids; finds them again for each outcome. */
export const createAccusedFinder =
  (register: readonly Requirement[]) =>
  (outcome: Pick<Outcome, 'verifies' | 'counterexample'>): readonly RequirementId[] =>
    accusedBy(outcome, register).map(({ id }) => id);
