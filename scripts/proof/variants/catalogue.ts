import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import { unimplemented } from '../plain-server/core/alternatives.ts';
import type { Variations } from '../plain-server/core/variations.ts';
import { answerVariants, behaviourVariants, deliveryVariants } from './plain-server-variants.ts';
import { wrappedVariants } from './reference-server-variants.ts';
import type { Variant } from './variant.ts';

/** All that can be varied one by one, and what can't be. */
export interface Catalogue {
  readonly variants: readonly Variant[];
  readonly untested: readonly UntestedAlternative[];
}

export const readCatalogue = (register: readonly Requirement[]): Catalogue => {
  const { variants, untested } = alternativesOf(register, whyNotTaken);
  const named = [...answerVariants, ...behaviourVariants, ...deliveryVariants, ...wrappedVariants];
  return { variants: [...variants, ...named], untested };
};

/** A test sees to it that what isn't listed there is implemented. */
const whyNotTaken = (decision: RequirementId, alternative: number): string | undefined =>
  unimplemented.find((one) => one.decision === decision && one.alternative === alternative)?.reason;

/** Why the plain server doesn't take an alternative. */
export type WhyNotTaken = (decision: RequirementId, alternative: number) => string | undefined;

/** An alternative that no server here takes, and why. */
export interface UntestedAlternative {
  readonly id: string;
  readonly varies: string;
  readonly reason: string;
}

/** What some alternatives show in company only. */
const requiredWith: Readonly<Record<string, Variations>> = {
  // Only where moments slide is the end of the refusals put off.
  'LG-LIM-018/2': { window: 'sliding' },
  // Strangers share their limit, and so do the rules that are judged at the same time: no rule
  // should have to wait for long until it is its turn.
  'LG-LIM-019/1': { unauthorizedLimit: { requests: 120, window_seconds: 6 } },
  // Only what is sent late can show more than what caused it.
  'LG-WEB-026/2': { deliveries: { delay: [60, 120] } },
  // Requests that take their time themselves keep events apart.
  'LG-WEB-040/1': { deliveries: { delay: [0, 300] } },
};

/** Each alternative of each decision of the register, one by one. */
const alternativesOf = (
  register: readonly Requirement[],
  untaken: WhyNotTaken,
): { readonly variants: readonly Variant[]; readonly untested: readonly UntestedAlternative[] } => {
  const variants: Variant[] = [];
  const untested: UntestedAlternative[] = [];
  for (const { id: decision, statement, alternatives = [] } of register) {
    for (const [index, { statement: varies }] of alternatives.entries()) {
      const alternative = index + 1;
      const id = `${decision}/${alternative}`;
      const reason = untaken(decision, alternative);
      if (reason !== undefined) untested.push({ id, varies, reason });
      else {
        variants.push({
          ...{ id, kind: 'alternative', varies, decisions: [decision], combines: [] },
          legal: `The documentation is silent; the register decides: ${statement}`,
          make: {
            server: 'plain',
            variations: { ...requiredWith[id], alternatives: { [decision]: alternative } },
          },
        });
      }
    }
  }
  return { variants, untested };
};
