import { rules } from '../../conformance/rules/index.ts';

/**
 * The ids of rules that are listed by hand, for a list must not outlive the name of a rule.
 *
 * @throws Error for an id that no rule has
 */
export const nameRules = (...ids: readonly string[]): ReadonlySet<string> => {
  const unknown = ids.filter((id) => rules.every((rule) => rule.id !== id));
  if (unknown.length > 0) throw new Error(`No rule is called ${unknown.join(', ')}.`);
  return new Set(ids);
};
