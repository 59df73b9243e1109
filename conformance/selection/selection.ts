import { misuse } from '../breakdown.ts';
import type { Outcome } from '../outcome.ts';
import type { Rule } from '../rule.ts';
import { readChoice } from './choice.ts';
import type { Catalogue } from './names.ts';
import { dealOut, tellShard, type Shard } from './shard.ts';

/** What of the suite a run judges, as the command line has it. */
export interface Wish {
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly shard: Shard | undefined;
}

/** Why the wish leaves a rule out; undefined when it doesn't. */
export type LeftOut = (rule: Rule) => string | undefined;

/**
 * Reads what a run judges. Ambient rules look at whatever happens, so that nothing but `--skip`
 * leaves them out.
 *
 * @throws Breakdown for a name that stands for nothing, and when no rule is left
 */
export const readSelection = (wish: Wish, catalogue: Catalogue): LeftOut => {
  const { isMeant, isSkipped } = readChoice(wish, catalogue);
  const { shard } = wish;
  const parts = shard && dealOut(catalogue.rules, shard.of);
  const leftOutOfAll: LeftOut = (rule) => {
    if (isSkipped(rule)) return 'Left out by --skip.';
    if (rule.kind === 'ambient') return undefined;
    if (!isMeant(rule)) return 'Left out by --only.';
    return undefined;
  };
  // One part of a few rules may well be empty.
  requireSome(catalogue, leftOutOfAll);
  return (rule) => {
    const reason = leftOutOfAll(rule);
    const part = parts?.get(rule.id);
    if (reason !== undefined || !shard || part === undefined || part === shard.number)
      return reason;
    return `Left out by --shard ${tellShard(shard)}: another part judges it.`;
  };
};

const requireSome = ({ rules }: Catalogue, leftOut: LeftOut): void => {
  if (rules.some((rule) => rule.kind === 'check' && leftOut(rule) === undefined)) return;
  throw misuse(
    'The options leave no rule that does anything; ambient rules look at what others do. ' +
      'Name more with --only, or fewer with --skip.',
  );
};

/** What keeps a run from seeing everything. */
export interface Part {
  /** Whether rules were named. */
  readonly partial: boolean;
  readonly shard: Shard | undefined;
  readonly readOnly?: boolean;
}

/**
 * Of a run that is of a part only, ambient rules that had nothing to look at are no gap.
 *
 * @returns the outcomes with those of such rules made omitted
 */
export const excuseAmbient = (
  outcomes: readonly Outcome[],
  part: Part,
  rules: readonly Rule[],
): readonly Outcome[] => {
  const reason = excuseFor(part);
  if (reason === undefined) return outcomes;
  const ambient = new Set(rules.filter(({ kind }) => kind === 'ambient').map(({ id }) => id));
  return outcomes.map((outcome) =>
    outcome.outcome === 'not-verified' && ambient.has(outcome.id)
      ? { ...outcome, outcome: 'omitted', reason }
      : outcome,
  );
};

const excuseFor = ({ partial, readOnly, shard }: Part): string | undefined => {
  if (partial) return 'Left out by --only: nothing that was judged concerns it.';
  if (readOnly) return 'Left out by --read-only: nothing that was read concerns it.';
  return shard && excuseOfShard;
};

/** When all shards say so, nobody looked. */
export const excuseOfShard = 'Left out by --shard: nothing that this part judged concerns it.';
