import type { Contract } from '../../openapi/contract.ts';
import type { Requirement, RequirementId } from '../../openapi/register.ts';
import { misuse } from '../breakdown.ts';
import type { Rule } from '../rule.ts';
import { suggest } from '../suggestion.ts';

/** What names on the command line can stand for. */
export interface Catalogue {
  readonly rules: readonly Rule[];
  readonly register: readonly Requirement[];
  /** Ids of operations, and events. */
  readonly subjects: readonly string[];
}

export const catalogueOf = (
  rules: readonly Rule[],
  register: readonly Requirement[],
  { operations, events }: Contract,
): Catalogue => ({ rules, register, subjects: [...Object.keys(operations), ...events] });

/** What some names stand for, kind by kind. */
export interface Named {
  /** Ids of rules, named as such or by their area. */
  readonly rules: ReadonlySet<string>;
  readonly requirements: ReadonlySet<RequirementId>;
  readonly subjects: ReadonlySet<string>;
}

/** The folder that a rule stands in. */
export const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));

/**
 * Reads names of rules (`contacts/deletion`), areas (`contacts`), requirements (`LG-CON-012`),
 * operations (`createContact`) and events; `*` stands for any letters but a slash.
 *
 * @param option - the option that they were given to, for what is said of an unknown one
 * @throws Breakdown for a name that stands for nothing
 */
export const readNames = (
  names: readonly string[],
  option: string,
  { rules, register, subjects }: Catalogue,
): Named => {
  const ruleIds = rules.map(({ id }) => id);
  const requirementIds = register.map(({ id }) => id);
  const named = { rules: new Set<string>(), requirements: new Set<RequirementId>() };
  const namedSubjects = new Set<string>();
  for (const name of names) {
    const pattern = patternOf(name);
    const fits = (text: string): boolean => pattern.test(text);
    const ofRules = ruleIds.filter((id) => fits(id) || fits(areaOf(id)));
    const ofRequirements = requirementIds.filter(fits);
    const ofSubjects = subjects.filter(fits);
    if (ofRules.length + ofRequirements.length + ofSubjects.length === 0) {
      const known = [...new Set(ruleIds.map(areaOf)), ...subjects, ...ruleIds, ...requirementIds];
      throw misuse(
        `${option} ${name}: no rule, area, requirement, operation or event is called so.` +
          `${suggest(name, known)} \`leadgrid-conformance list\` tells them.`,
      );
    }
    for (const id of ofRules) named.rules.add(id);
    for (const id of ofRequirements) named.requirements.add(id);
    for (const subject of ofSubjects) namedSubjects.add(subject);
  }
  return { ...named, subjects: namedSubjects };
};

const patternOf = (name: string): RegExp =>
  new RegExp(`^${name.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}$`);
