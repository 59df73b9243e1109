import type { Rule } from '../../../conformance/context/rule.ts';
import { rules } from '../../../conformance/rules/index.ts';
import { type Contract, readContract } from '../../../openapi/contract.ts';
import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import { ruleIds } from '../harness/harness.ts';
import type { Variant } from './variant.ts';

/**
 * A few rules that together call every operation, cause every event, and exceed the rate limit: the
 * traffic that the ambient rules check.
 */
const trafficRules = ruleIds(
  'scopes/missing-scope',
  'scopes/sufficient-scopes',
  'pagination/over-maximum',
  'pagination/meta-complete',
  'webhooks/subject',
  'limits/retry-after',
);

/**
 * The rules for a variant. A combination is judged by all rules; each variant is in a combination. Alone,
 * a variation is judged by all MUSTs. An alternative, of which there are hundreds, is judged by the MUSTs
 * of the same area about the same operations or events, and by the rules about its decision.
 */
export const rulesForVariant = (
  { kind, decisions }: Variant,
  register: readonly Requirement[],
): readonly Rule[] => {
  if (kind === 'combination') return rules;
  const near = findNear(decisions, register);
  return rules.filter(
    ({ id, kind: ruleKind, level, verifies }) =>
      ruleKind === 'ambient' ||
      trafficRules.has(id) ||
      verifies.some((one) => decisions.includes(one)) ||
      (level === 'MUST' && (kind === 'variation' || verifies.some((one) => near.has(one)))),
  );
};

/** The requirements that share an area, and an operation or event, with one of the decisions. */
const findNear = (
  decisions: readonly RequirementId[],
  register: readonly Requirement[],
): ReadonlySet<RequirementId> => {
  const contract = readContract();
  const decided = register
    .filter(({ id }) => decisions.includes(id))
    .map((one) => ({ area: one.area, names: concernsOf(one, contract) }));
  const near = register.filter((one) => {
    const own = [...concernsOf(one, contract)];
    return decided.some(
      ({ area, names }) => area === one.area && own.some((name) => names.has(name)),
    );
  });
  return new Set(near.map(({ id }) => id));
};

/** The names of all operations and events that a requirement is about. */
const concernsOf = (
  { concerns }: Requirement,
  { operations, events }: Pick<Contract, 'operations' | 'events'>,
): ReadonlySet<string> => {
  const groups: Record<string, readonly string[]> = { all: Object.keys(operations), events };
  return new Set(concerns.flatMap((name) => groups[name] ?? name));
};
