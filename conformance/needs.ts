import { unlocks, type Capability } from './targets/target.ts';

/** Says what a rule would need besides what a target offers; undefined when nothing is missing. */
export const tellMissing = (
  { needs }: { readonly needs: readonly Capability[] },
  offers: ReadonlySet<Capability>,
): string | undefined => {
  // In one order for all rules, so that what lacks the same is told in the same words.
  const missing = (Object.keys(unlocks) as Capability[]).filter(
    (capability) => needs.includes(capability) && !offers.has(capability),
  );
  if (missing.length === 0) return undefined;
  return `It needs ${missing.map((capability) => unlocks[capability]).join(', and ')}.`;
};
