import { misuse } from '../breakdown.ts';
import type { Rule } from '../rule.ts';

/** One of several parts that the rules are judged in, each by a run of its own. */
export interface Shard {
  /** From 1 on. */
  readonly number: number;
  readonly of: number;
}

/** @throws Breakdown for what is no `i/n` with i from 1 to n */
export const readShard = (text: string): Shard => {
  const [, number, of] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []).map(Number);
  if (number === undefined || of === undefined || number > of) {
    throw misuse(`--shard ${text} is no part. Give the number of one and how many, such as 1/3.`);
  }
  return { number, of };
};

export const tellShard = ({ number, of }: Shard): string => `${String(number)}/${String(of)}`;

/**
 * Deals the rules out like cards, so that long ones, which stand together, come to different
 * shards.
 *
 * @returns for the id of a check rule the number of the shard that judges it; ambient rules, which
 *   all judge, have none
 */
export const dealOut = (rules: readonly Rule[], of: number): ReadonlyMap<string, number> =>
  new Map(
    rules
      .filter(({ kind }) => kind === 'check')
      .map(({ id }, index): [string, number] => [id, (index % of) + 1]),
  );
