import type { OperationId } from '../../openapi/contract.ts';
import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';

/** What a failed rule is about, by its assertions and by the exchange that was not as expected. */
export interface Accusation {
  /** The requirements that the failure may break; never empty. */
  readonly requirements: readonly RequirementId[];
  /** The operation whose response was not as expected; undefined where several were compared. */
  readonly operation: OperationId | undefined;
  /** Whether a step was expected to succeed that didn't. */
  readonly step: boolean;
  /** Whether that step was only to prepare what the rule is about. */
  readonly preparation: boolean;
}

/** Finds what failures are about. */
export type FindAccused = (failed: Outcome) => Accusation;

/**
 * A rule may verify several requirements. Its failure accuses those that its assertions named, or else
 * those that concern the operation whose response was wrong, and of these the ones about a field that
 * the failure mentions.
 */
export const createFindAccused = (register: readonly Requirement[]): FindAccused => {
  const known = new Map(register.map((one) => [one.id, one]));
  return ({ verifies, counterexample }) => {
    const { about, judged, expected = '', actual = '', exchanges = [] } = counterexample ?? {};
    const operation = judged?.exchange?.operation;
    const named = (about ?? verifies).flatMap((id) => known.get(id) ?? []);
    const concerned = operation
      ? named.filter((one) => concerns(one, operation))
      : named.filter((one) => exchanges.some((e) => e.operation && concerns(one, e.operation)));
    const mentioned = narrow(narrow(named, concerned), fieldsIn(named, `${expected} ${actual}`));
    const step = judged?.wanted === 'success' || judged?.wanted === 'form';
    return {
      requirements: mentioned.length > 0 ? mentioned.map(({ id }) => id) : verifies,
      operation: operation ?? exchanges.findLast((e) => e.operation)?.operation,
      ...{ step, preparation: step && concerned.length === 0 },
    };
  };
};

/** The requirements that failures are about. */
export const createAccusedFinder = (
  register: readonly Requirement[],
): ((outcome: Outcome) => readonly RequirementId[]) => {
  const find = createFindAccused(register);
  return (outcome) => find(outcome).requirements;
};

/** Those of the second, if there are any among the first. */
const narrow = (all: readonly Requirement[], some: readonly Requirement[]) => {
  const left = all.filter((one) => some.includes(one));
  return left.length > 0 ? left : all;
};

const concerns = ({ concerns: names }: Requirement, operation: OperationId): boolean =>
  names.includes('all') || names.includes(operation);

/** The requirements about a field whose name is a word of the text. */
const fieldsIn = (all: readonly Requirement[], text: string): readonly Requirement[] => {
  const words = new Set(text.split(/[^\w]+/));
  return all.filter(({ covers = [] }) =>
    covers.some((one) => {
      const [, name = ''] = /^(?:field|request|parameter)\/.*\/(\w+)$/.exec(one) ?? [];
      return words.has(name);
    }),
  );
};
