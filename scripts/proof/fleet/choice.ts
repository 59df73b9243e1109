import type { Rule } from '../../../conformance/rule.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { RequirementId } from '../../../openapi/register.ts';
import { nameRules } from '../named-rules.ts';

/** Rules whose exchanges show ambient rules every operation and every kind of answer. */
const traffic = nameRules(
  'scopes/missing-scope',
  'scopes/sufficient-scopes',
  'pagination/over-maximum',
  'pagination/meta-complete',
  'errors/unknown-id',
  'limits/refusal',
);

/**
 * The rules that may kill a server for breaking this requirement, those that verify little beside it
 * first; as in any run, those that wait are judged before the others. Ambient ones get the traffic to
 * look at that they need.
 */
export const chooseRules = (requirement: RequirementId): Rule[] => {
  const verifying = rules
    .filter(({ level, verifies }) => level === 'MUST' && verifies.includes(requirement))
    .sort((one, other) => one.verifies.length - other.verifies.length);
  const checks = verifying.filter(({ kind }) => kind === 'check');
  if (verifying.length === checks.length) return checks;
  const shown = rules.filter(({ id }) => traffic.has(id) && !checks.some((one) => one.id === id));
  return [...checks, ...shown, ...verifying.filter(({ kind }) => kind === 'ambient')];
};
