import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { MutantResult } from './results.ts';

/** Which mutants an explanation is about: all given fields must fit; `…` is any text. */
export interface MutantPattern {
  /** The source line where the mutant begins, trimmed. */
  readonly line?: string;
  readonly mutator?: string;
  /** The code that is replaced. */
  readonly original?: string;
  readonly replacement?: string;
}

/** Why no client could see certain mutants. */
export interface Explanation {
  /** From the top of the repository; `…` is any text. */
  readonly file: string;
  readonly reason: string;
  readonly mutants: readonly MutantPattern[];
}

/** A mutant that no rule caught, with the source line where it begins. */
export type Survivor = Pick<MutantResult, 'file' | 'mutator' | 'original' | 'replacement'> & {
  readonly line: string;
};

export interface Explained<S extends Survivor> {
  readonly explained: readonly { readonly survivor: S; readonly reason: string }[];
  readonly unexplained: readonly S[];
  /** Patterns that fit no survivor. */
  readonly unused: readonly { readonly file: string; readonly pattern: MutantPattern }[];
}

/** Finds the explanation of each survivor: the first one that fits. */
export const explainSurvivors = <S extends Survivor>(
  survivors: readonly S[],
  explanations: readonly Explanation[],
): Explained<S> => {
  const patterns = explanations.flatMap(({ file, reason, mutants }) =>
    mutants.map((pattern) => ({ file, reason, pattern, fits: fitting(file, pattern) })),
  );
  const results = survivors.map((survivor) => ({
    survivor,
    reason: patterns.find(({ fits }) => fits(survivor))?.reason,
  }));
  return {
    explained: results.flatMap(({ survivor, reason }) =>
      reason === undefined ? [] : [{ survivor, reason }],
    ),
    unexplained: results.flatMap(({ survivor, reason }) =>
      reason === undefined ? [survivor] : [],
    ),
    unused: patterns
      .filter(({ fits }) => !survivors.some(fits))
      .map(({ file, pattern }) => ({ file, pattern })),
  };
};

const fitting = (file: string, pattern: MutantPattern): ((survivor: Survivor) => boolean) => {
  const wanted = Object.entries({ file, ...pattern }).map(
    ([field, text]) => [field as keyof Survivor, toExpression(text)] as const,
  );
  return (survivor) =>
    wanted.every(([field, expression]) => expression.test(flat(survivor[field])));
};

/** Code of several lines is compared without line breaks. */
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

const toExpression = (text: string): RegExp => {
  const parts = flat(text)
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
};

const explanationsPath = join(import.meta.dirname, 'survivors.yaml');

/** Whether a pattern is more than `…`. */
const isSpecific = (text: string): boolean => text.replaceAll('…', '').trim() !== '';

/** @throws Error for an entry that explains nothing */
export const readExplanations = (): Explanation[] => {
  const entries = (parse(readFileSync(explanationsPath, 'utf8')) ?? []) as Explanation[];
  for (const { file, reason, mutants } of entries) {
    const whole = [file, reason].every((text) => typeof text === 'string' && text.trim() !== '');
    const named =
      Array.isArray(mutants) &&
      mutants.every((one) => Object.values(one as Record<string, string>).some(isSpecific));
    if (!whole || !named || mutants.length === 0) {
      throw new Error(`survivors.yaml: an entry lacks file, reason or mutants: ${file}`);
    }
  }
  return entries;
};
