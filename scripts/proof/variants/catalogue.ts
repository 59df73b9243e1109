import type { Requirement, RequirementId } from '../../../openapi/register.ts';
import { unimplemented } from '../plain-server/core/alternatives.ts';
import type { Variations } from '../plain-server/core/variations.ts';
import { answerVariants, behaviourVariants, deliveryVariants } from './plain-server-variants.ts';
import { wrappedVariants } from './reference-server-variants.ts';
import type { Variant } from './variant.ts';

/** All single variants, and the alternatives without a variant. */
export interface Catalogue {
  readonly variants: readonly Variant[];
  readonly untested: readonly UntestedAlternative[];
}

export const readCatalogue = (register: readonly Requirement[]): Catalogue => {
  const { variants, untested } = alternativesOf(register, whyNotTaken);
  const named = [...answerVariants, ...behaviourVariants, ...deliveryVariants, ...wrappedVariants];
  return { variants: [...variants, ...named], untested };
};

const whyNotTaken = (decision: RequirementId, alternative: number): string | undefined =>
  unimplemented.find((one) => one.decision === decision && one.alternative === alternative)?.reason;

/** Returns why the plain server doesn't implement an alternative; undefined if it does. */
export type WhyNotTaken = (decision: RequirementId, alternative: number) => string | undefined;

/** An alternative that the plain server doesn't implement, and why. */
export interface UntestedAlternative {
  readonly id: string;
  readonly varies: string;
  readonly reason: string;
}

/** Variations without which the effect of an alternative can't be observed. */
const requiredWith: Readonly<Record<string, Variations>> = {
  // Only a sliding window is extended by refused requests.
  'LG-LIM-018/2': { window: 'sliding' },
  // All requests without access share this limit, also those of concurrent rules: no rule should have
  // to wait for long.
  'LG-LIM-019/1': { unauthorizedLimit: { requests: 120, window_seconds: 6 } },
  // Only a late event can show a later state than that of its cause.
  'LG-WEB-026/2': { deliveries: { delay: [60, 120] } },
  // Random delays change the order of events.
  'LG-WEB-040/1': { deliveries: { delay: [0, 300] } },
};

/** A variant for each alternative of each decision of the register. */
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
