import type { CheckRule } from '../../../conformance/context/rule.ts';
import type { JudgeMutants, MutantFinding } from './judge.ts';
import type { MutantResult } from './results.ts';

/** A mutant with the id that Stryker gave it. */
export interface Numbered {
  readonly id: string;
  readonly file: string;
  readonly place: MutantResult['place'];
}

/** More hits than a run of all rules causes: the mutant never ends. */
const hitLimit = 5_000_000;

/**
 * Judges several mutants by all rules at once: a rule that passes with all of them active catches none
 * of them. A rule that fails or breaks down judges each of them alone, and those that it catches leave
 * the group.
 *
 * A mutant can hide another. The hidden one is reported as a survivor, never as found.
 *
 * @returns the findings by id; mutants without one have to be judged alone
 */
export const judgeGroup = async (
  members: readonly Numbered[],
  rules: readonly CheckRule[],
  judge: JudgeMutants,
): Promise<Map<string, MutantFinding>> => {
  const found = new Map<string, MutantFinding>();
  const left = new Set(rules);
  let rest = members;
  while (rest.length > 0) {
    const ids = rest.map(({ id }) => id);
    const passed = (rule: CheckRule): void => void left.delete(rule);
    const finding = await judge(ids, [...left], { hitLimit, passed });
    if (finding.kind === 'passed') {
      for (const { id } of rest) found.set(id, { kind: 'passed', judged: rules.length });
      return found;
    }
    const failed = finding.kind === 'endless' ? [] : finding.by;
    const failedRules = [...left].filter(({ id }) => failed.includes(id));
    if (failedRules.length === 0) return found;
    const detected = await findDetected(rest, failedRules, judge);
    for (const [id, alone] of detected) if (alone.kind === 'failed') found.set(id, alone);
    // The remaining mutants pass these rules alone.
    for (const rule of failedRules) left.delete(rule);
    rest = rest.filter(({ id }) => !detected.has(id));
  }
  return found;
};

/** The mutants that don't pass these rules alone, found by halving, since rules may have to wait. */
const findDetected = async (
  members: readonly Numbered[],
  rules: readonly CheckRule[],
  judge: JudgeMutants,
): Promise<Map<string, MutantFinding>> => {
  const detected = new Map<string, MutantFinding>();
  const search = async (some: readonly Numbered[]): Promise<void> => {
    const [first] = some;
    if (!first) return;
    const ids = some.map(({ id }) => id);
    const finding = await judge(ids, rules, { hitLimit });
    if (finding.kind === 'passed') return;
    if (some.length === 1) detected.set(first.id, finding);
    else for (const half of halvesOf(some)) await search(half);
  };
  for (const half of halvesOf(members)) await search(half);
  return detected;
};

const halvesOf = <Item>(items: readonly Item[]): [Item[], Item[]] => {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
};

/** A group of mutants that don't overlap: of two that do, the outer hides the inner. */
export const makeGroup = <Mutant extends Numbered>(
  first: Mutant,
  others: Iterable<Mutant>,
  size: number,
): Mutant[] => {
  const group = [first];
  for (const other of others) {
    if (group.length >= size) break;
    if (!group.some((one) => overlap(one, other))) group.push(other);
  }
  return group;
};

const overlap = (one: Numbered, other: Numbered): boolean =>
  one.file === other.file && begins(one) < ends(other) && begins(other) < ends(one);

/** Lines are shorter than this. */
const maxColumns = 1_000;
const begins = ({ place: [line, column] }: Numbered): number => line * maxColumns + column;
const ends = ({ place: [, , line, column] }: Numbered): number => line * maxColumns + column;

const goldenRatio = 0.618;

/** Rotates the items, so that parallel processes don't judge the same mutants first. */
export const rotateForWorker = <Item>(items: readonly Item[], worker: number): Item[] => {
  const start = Math.floor(((worker * goldenRatio) % 1) * items.length);
  return [...items.slice(start), ...items.slice(0, start)];
};
