import type { Rule } from '../../../conformance/rule.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import type { Variant } from './variant.ts';

/** Rules whose exchanges show ambient rules every operation and every kind of answer. */
const traffic = new Set([
  'scopes/missing-scope',
  'scopes/sufficient-scopes',
  'pagination/over-maximum',
  'pagination/meta-complete',
]);

/**
 * The rules that a variant is judged by: a combination by all of them, and each variant is in one. A
 * freedom that is none of the register's is judged by all MUSTs besides; an alternative, of which
 * there are hundreds, by those about the same things in the same area, and by the rules that verify
 * what it decides otherwise.
 */
export const chooseRules = (
  { kind, decisions }: Variant,
  register: readonly Requirement[],
): readonly Rule[] => {
  if (kind === 'combination') return rules;
  const decided = register.filter(({ id }) => decisions.includes(id));
  const near = new Set<RequirementId>(
    register.filter((one) => decided.some((other) => isNear(one, other))).map(({ id }) => id),
  );
  return rules.filter(
    ({ id, kind: sort, level, verifies }) =>
      sort === 'ambient' ||
      traffic.has(id) ||
      verifies.some((one) => decisions.includes(one)) ||
      (level === 'MUST' && (kind === 'freedom' || verifies.some((one) => near.has(one)))),
  );
};

/** Whether two requirements of one area are about the same operations or events. */
const isNear = (one: Requirement, other: Requirement): boolean =>
  one.area === other.area &&
  one.concerns.some((thing) => thing === 'all' || other.concerns.includes(thing));
