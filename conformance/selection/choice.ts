import type { Rule } from '../rule.ts';
import { readNames, type Catalogue, type Named } from './names.ts';

/** Which rules the user named, and which not to have. */
export interface Choice {
  readonly isMeant: (rule: Rule) => boolean;
  readonly isSkipped: (rule: Rule) => boolean;
}

/**
 * Reads `--only` and `--skip`.
 *
 * - A rule is named by its id, its area, or a requirement that it verifies.
 * - `--only` an operation or event means the rules that verify a requirement about it by name;
 *   those about all operations are about it no more than about the others.
 * - `--skip` takes only those away that verify nothing about anything else, and no ambient rule:
 *   these look at whatever happens.
 *
 * @throws Breakdown for a name that stands for nothing
 */
export const readChoice = (
  wish: { readonly only: readonly string[]; readonly skip: readonly string[] },
  catalogue: Catalogue,
): Choice => {
  const only = readNames(wish.only, '--only', catalogue);
  const skip = readNames(wish.skip, '--skip', catalogue);
  const subjectsOf = readSubjects(catalogue);
  return {
    isMeant: (rule) =>
      wish.only.length === 0 ||
      isNamed(only, rule) ||
      subjectsOf(rule).some((subject) => only.subjects.has(subject)),
    isSkipped: (rule) =>
      isNamed(skip, rule) ||
      (rule.kind === 'check' && subjectsOf(rule).every((subject) => skip.subjects.has(subject))),
  };
};

const isNamed = ({ rules, requirements }: Named, { id, verifies }: Rule): boolean =>
  rules.has(id) || verifies.some((requirement) => requirements.has(requirement));

/** What the requirements of a rule are about by name. */
const readSubjects = ({ register }: Catalogue): ((rule: Rule) => readonly string[]) => {
  const concerns = new Map(register.map((requirement) => [requirement.id, requirement.concerns]));
  return ({ verifies }) => verifies.flatMap((id) => concerns.get(id) ?? []);
};
