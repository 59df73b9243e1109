import { readFileSync } from 'node:fs';

/** What executing a rule takes, as measured at the reference server. */
export interface RuleCost {
  readonly id: string;
  /** Requests: those of every run, and those of each generated case. */
  readonly requests: readonly [fixed: number, perCase: number];
  /** New organisations, where the target can create them. */
  readonly organizations: readonly [fixed: number, perCase: number];
  /**
   * How many of the faulty servers it catches that no earlier rule of the order catches; and how many
   * at all, or more for many requests: one that fails often tells little about the cause.
   */
  readonly catches: readonly [added: number, breadth: number];
}

/**
 * The check rules in the order in which they are executed: the telling ones first. A new rule isn't
 * in it until `npm run proof:order` has measured it.
 */
export const readOrder = (): readonly RuleCost[] => {
  const text = readFileSync(new URL('order.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly rules: readonly RuleCost[] }).rules;
};
