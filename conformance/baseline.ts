import { readFileSync } from 'node:fs';
import { messageOf, misuse } from './breakdown.ts';
import type { Outcome } from './outcome.ts';
import type { Rule } from './rule.ts';
import { suggest } from './suggestion.ts';

/** Failures that the user knows of: ids of rules, each with the reason why it may stand. */
export type Baseline = ReadonlyMap<string, string>;

/**
 * Reads a baseline: a JSON object of rule ids with reasons.
 *
 * @throws Breakdown when it can't be read, is none, or names a rule that doesn't exist: what it
 *   was to excuse may have been renamed
 */
export const readBaseline = (file: string, rules: readonly Rule[]): Baseline => {
  const entries = Object.entries(readObject(file));
  const known = new Set(rules.map(({ id }) => id));
  for (const [id, reason] of entries) {
    if (!known.has(id)) {
      throw misuse(
        `The baseline ${file} names ${id}, but no rule is called so.${suggest(id, known)} ` +
          'Correct the name, or take it out.',
      );
    }
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw misuse(`The baseline ${file} gives no reason for ${id}. Say in words why it may fail.`);
    }
  }
  return new Map(entries as [string, string][]);
};

/** The same outcome; one that the baseline speaks of says so, and the verdict goes by that. */
export const markKnown = (outcome: Outcome, baseline: Baseline): Outcome => {
  const known = baseline.get(outcome.id);
  return known === undefined ? outcome : { ...outcome, known };
};

/** Rules that passed although their failure was declared known. */
export const mendedOf = (
  outcomes: readonly Pick<Outcome, 'id' | 'outcome' | 'known'>[],
): string[] =>
  outcomes
    .filter(({ outcome, known }) => outcome === 'passed' && known !== undefined)
    .map(({ id }) => id);

const readObject = (file: string): object => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw misuse(`The baseline ${file} can't be read: ${messageOf(thrown)}. Mend or name another.`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw misuse(
    `The baseline ${file} is no JSON object. Write one of rule ids with reasons, such as ` +
      '{"contacts/search-by-email": "Known since March; mended in the next release."}.',
  );
};
