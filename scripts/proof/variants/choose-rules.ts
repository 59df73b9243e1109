import type { Rule } from '../../../conformance/context/rule.ts';
import { rules } from '../../../conformance/rules/index.ts';
import { type Contract, readContract } from '../../../openapi/contract.ts';
import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import { ruleIds } from '../harness/harness.ts';
import type { Variant } from './variant.ts';

/**
 * A few rules that between them call every operation, cause every event, and go beyond the limit:
 * without traffic, ambient rules see nothing.
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
 * The rules that a variant is judged by: a combination by all of them, and each variant is in one. A
 * freedom that is none of the register's is judged by all MUSTs besides; an alternative, of which
 * there are hundreds, by those about the same things in the same area, and by the rules that verify
 * what it decides otherwise.
 */
export const rulesForVariant = (
  { kind, decisions }: Variant,
  register: readonly Requirement[],
): readonly Rule[] => {
  if (kind === 'combination') return rules;
  const near = findNear(decisions, register);
  return rules.filter(
    ({ id, kind: sort, level, verifies }) =>
      sort === 'ambient' ||
      trafficRules.has(id) ||
      verifies.some((one) => decisions.includes(one)) ||
      (level === 'MUST' && (kind === 'variation' || verifies.some((one) => near.has(one)))),
  );
};

/** The requirements of the same area that are about some of the same operations or events. */
const findNear = (
  decisions: readonly RequirementId[],
  register: readonly Requirement[],
): ReadonlySet<RequirementId> => {
  const contract = readContract();
  const decided = register
    .filter(({ id }) => decisions.includes(id))
    .map((one) => ({ area: one.area, things: concernsOf(one, contract) }));
  const near = register.filter((one) => {
    const own = [...concernsOf(one, contract)];
    return decided.some(
      ({ area, things }) => area === one.area && own.some((it) => things.has(it)),
    );
  });
  return new Set(near.map(({ id }) => id));
};

/** All operations and events that a requirement is about, each by its own name. */
const concernsOf = (
  { concerns }: Requirement,
  { operations, events }: Pick<Contract, 'operations' | 'events'>,
): ReadonlySet<string> => {
  const groups: Record<string, readonly string[]> = { all: Object.keys(operations), events };
  return new Set(concerns.flatMap((name) => groups[name] ?? name));
};
