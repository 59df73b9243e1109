import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import type { Freedoms } from '../plain-server/freedoms.ts';
import { exclusions, unimplemented } from '../plain-server/unimplemented.ts';
import { alternativesOf, type Untried } from './alternatives.ts';
import type { Compatible } from './combine.ts';
import { answerFreedoms } from './freedoms/answers.ts';
import { conductFreedoms } from './freedoms/conduct.ts';
import { deliveryFreedoms } from './freedoms/deliveries.ts';
import { dresses } from './freedoms/dresses.ts';
import type { Variant } from './variant.ts';

/** All that can be varied one by one, and what can't be. */
export interface Catalogue {
  readonly variants: readonly Variant[];
  readonly untried: readonly Untried[];
}

export const readCatalogue = (register: readonly Requirement[]): Catalogue => {
  const { variants, untried } = alternativesOf(register, whyUntaken);
  const named = [...answerFreedoms, ...conductFreedoms, ...deliveryFreedoms, ...dresses];
  return { variants: [...variants, ...named], untried };
};

/** A test sees to it that what isn't listed there is implemented. */
const whyUntaken = (decision: RequirementId, alternative: number): string | undefined =>
  unimplemented.find((one) => one.decision === decision && one.alternative === alternative)?.reason;

/** Whether one server can take the freedoms of both. */
export const areCompatible: Compatible = (one, other) =>
  !disagree(one, other) &&
  !disagree(other, one) &&
  !obscure(one, other) &&
  !obscure(other, one) &&
  !lose(one, other) &&
  !lose(other, one) &&
  !stall(one, other) &&
  !stall(other, one) &&
  !exclusions.some(
    ({ both: [first, second] }) =>
      (takes(one, first) && takes(other, second)) || (takes(one, second) && takes(other, first)),
  );

/** Whether one says by name what the other would have said by its alternative. */
const disagree = ({ window, ids, costs }: Freedoms, { alternatives = {} }: Freedoms): boolean =>
  (window !== undefined &&
    (alternatives['LG-LIM-008'] === 2 || alternatives['LG-LIM-015'] === 2)) ||
  (ids !== undefined && alternatives['LG-GEN-045'] !== undefined) ||
  (costs !== undefined && alternatives['LG-LIM-015'] !== undefined);

/** What was taken and comes again by another id can't be told from a second event, nor verified. */
const obscure = ({ deliveries }: Freedoms, { alternatives = {} }: Freedoms): boolean =>
  deliveries?.repeats !== undefined && alternatives['LG-WEB-005'] === 1;

/** Answers as in the examples show no phone number and role of a dossier; the contact must. */
const lose = ({ asInExamples }: Freedoms, { alternatives = {} }: Freedoms): boolean =>
  asInExamples === true && alternatives['LG-DOS-061'] === 1;

/** Answers that wait for late deliveries would take longer than anybody waits. */
const stall = ({ deliveries }: Freedoms, { alternatives = {} }: Freedoms): boolean =>
  ((deliveries?.delay?.[1] ?? 0) >= 1_000 || deliveries?.firstLate !== undefined) &&
  alternatives['LG-WEB-036'] !== undefined;

const takes = (
  { alternatives }: Freedoms,
  { decision, alternative }: { decision: RequirementId; alternative: number },
): boolean => alternatives?.[decision] === alternative;
