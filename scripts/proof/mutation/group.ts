import type { CheckRule } from '../../../conformance/context/rule.ts';
import type { JudgeMutants, MutantFinding } from './judge.ts';
import type { MutantResult } from './results.ts';

/** A mutant by the number that Stryker gave it. */
export interface Numbered {
  readonly id: string;
  readonly file: string;
  readonly place: MutantResult['place'];
}

/** More visits than any run of all rules pays, for what never ends. */
const hitLimit = 5_000_000;

/**
 * Judges several mutants by all rules at once: a rule that passes with all of them on finds none of
 * them. A rule that fails or breaks down judges each of them alone, and whom it doesn't pass leaves
 * the group.
 *
 * A mutant can hide another; such a one is told as a survivor, never as found.
 *
 * @returns what was found of each; none of those that need to be judged alone
 */
export const judgeGroup = async (
  members: readonly Numbered[],
  rules: readonly CheckRule[],
  tryOut: JudgeMutants,
): Promise<Map<string, MutantFinding>> => {
  const found = new Map<string, MutantFinding>();
  const left = new Set(rules);
  let rest = members;
  while (rest.length > 0) {
    const ids = rest.map(({ id }) => id);
    const passed = (rule: CheckRule): void => void left.delete(rule);
    const finding = await tryOut(ids, [...left], { hitLimit, passed });
    if (finding.kind === 'passed') {
      for (const { id } of rest) found.set(id, { kind: 'passed', judged: rules.length });
      return found;
    }
    const told = finding.kind === 'endless' ? [] : finding.by;
    const suspects = [...left].filter(({ id }) => told.includes(id));
    if (suspects.length === 0) return found;
    const guilty = await findGuilty(rest, suspects, tryOut);
    for (const [id, alone] of guilty) if (alone.kind === 'failed') found.set(id, alone);
    // Whom it passes alone keeps it.
    for (const rule of suspects) left.delete(rule);
    rest = rest.filter(({ id }) => !guilty.has(id));
  }
  return found;
};

/** Those whom the rules don't pass alone, looked for half by half, since rules may have to wait. */
const findGuilty = async (
  members: readonly Numbered[],
  rules: readonly CheckRule[],
  tryOut: JudgeMutants,
): Promise<Map<string, MutantFinding>> => {
  const guilty = new Map<string, MutantFinding>();
  const search = async (some: readonly Numbered[]): Promise<void> => {
    const [first] = some;
    if (!first) return;
    const ids = some.map(({ id }) => id);
    const finding = await tryOut(ids, rules, { hitLimit });
    if (finding.kind === 'passed') return;
    if (some.length === 1) guilty.set(first.id, finding);
    else for (const half of halvesOf(some)) await search(half);
  };
  for (const half of halvesOf(members)) await search(half);
  return guilty;
};

const halvesOf = <Item>(items: readonly Item[]): [Item[], Item[]] => {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
};

/** Mutants of places of their own: of two in one place, the outer hides the inner. */
export const gather = <Mutant extends Numbered>(
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
const widest = 1_000;
const begins = ({ place: [line, column] }: Numbered): number => line * widest + column;
const ends = ({ place: [, , line, column] }: Numbered): number => line * widest + column;

const goldenRatio = 0.618;

/** Processes that judge side by side begin at other places, so that they don't judge the same. */
export const fromOwnPlace = <Item>(items: readonly Item[], worker: number): Item[] => {
  const start = Math.floor(((worker * goldenRatio) % 1) * items.length);
  return [...items.slice(start), ...items.slice(0, start)];
};
