import type { EventType, OperationId } from '../../openapi/contract.ts';
import type { Requirement, RequirementId } from '../../openapi/register.ts';
import type { Outcome } from '../runner/outcome.ts';

/** What a failed rule is about, by its assertions and by the exchange that was not as expected. */
export interface Accusation {
  /** The requirements that the failure may break; never empty. */
  readonly requirements: readonly RequirementId[];
  /** The operation whose response was not as expected; undefined where several were compared. */
  readonly operation: OperationId | undefined;
  /** The event that did not arrive. */
  readonly missing: EventType | undefined;
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
    const missing = judged?.missing;
    const only = missing ?? operation;
    const called = only ? [only] : exchanges.flatMap((one) => one.operation ?? []);
    const named = (about ?? verifies).flatMap((id) => known.get(id) ?? []);
    const concerned = named.filter((one) => called.some((name) => concerns(one, name)));
    const step = judged?.wanted === 'success' || judged?.wanted === 'form';
    const mentioned = fieldsIn(named, `${expected} ${actual}`);
    return {
      requirements: narrow(narrow(named, concerned), mentioned).map(({ id }) => id),
      operation: operation ?? exchanges.findLast((one) => one.operation)?.operation,
      ...{ step, missing, preparation: only !== undefined && concerned.length === 0 },
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

/** Those of the first that are among the second, or else all. */
const narrow = (all: readonly Requirement[], some: readonly Requirement[]) => {
  const left = all.filter((one) => some.includes(one));
  return left.length > 0 ? left : all;
};

const concerns = ({ concerns: names }: Requirement, called: OperationId | EventType): boolean =>
  names.includes(called) || (names.includes('all') && !called.includes('.'));

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
