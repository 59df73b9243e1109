import type { RequirementId } from '../../../openapi/register.ts';
import { below, createRandom, type Random } from '../../fire/harness/random.ts';
import { exclusions } from '../plain-server/core/alternatives.ts';
import type { Variations } from '../plain-server/core/variations.ts';
import type { Variant, VariantServer } from './variant.ts';

export interface PlanOptions {
  readonly seed: number;
  /** How many servers combine random variations. */
  readonly combinations: number;
}

/** The plan by default. */
export const defaultPlan: PlanOptions = { seed: 1, combinations: 10 };

/** The probability that a random combination takes a variant. */
const share = 0.25;

/** Combines all variants in as few servers as possible; the seed determines which. */
export const planCovering = (variants: readonly Variant[], seed: number): Variant[] =>
  coverAll(variants, {
    // The alternatives of a decision exclude each other; one more server wraps the reference server.
    count: countMost(variants) + 1,
    random: createRandom(seed),
    compatible: areCompatible,
  });

/** The maximum number of alternatives of one decision. */
const countMost = (variants: readonly Variant[]): number => {
  const counts = new Map<RequirementId, number>();
  const alternatives = variants.filter(({ kind }) => kind === 'alternative');
  for (const decision of alternatives.flatMap(({ decisions }) => decisions)) {
    counts.set(decision, (counts.get(decision) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
};

/** Each variant alone, all variants in covering combinations, and random combinations. */
export const planVariants = (
  variants: readonly Variant[],
  { seed, combinations }: PlanOptions,
): Variant[] => {
  const random = createRandom(seed);
  const options = { share, random, compatible: areCompatible };
  const plain = variants.filter(({ make }) => make.server === 'plain');
  const randomCombinations = Array.from({ length: combinations }, (_, index) =>
    combineSome(plain, `random/${index + 1}`, options),
  );
  return [
    ...variants,
    ...planCovering(variants, seed),
    ...randomCombinations.flatMap((one) => one ?? []),
  ];
};

/** Whether one server can have both variations. */
type Compatible = (one: Variations, other: Variations) => boolean;

/** A combination under construction. */
interface Combination {
  readonly parts: Variant[];
  make: VariantServer | undefined;
}

/**
 * Distributes all variants evenly over as few servers as possible: each occurs once.
 *
 * @param count - the minimum number of servers
 */
const coverAll = (
  variants: readonly Variant[],
  { count, random, compatible }: { count: number; random: Random; compatible: Compatible },
): Variant[] => {
  const servers: Combination[] = Array.from({ length: count }, newCombination);
  for (const variant of shuffle(variants, random)) {
    const emptiestFirst = [...servers].sort((one, other) => one.parts.length - other.parts.length);
    const fitting = emptiestFirst.find((server) => add(server, variant, compatible));
    if (fitting) continue;
    const another = newCombination();
    add(another, variant, compatible);
    servers.push(another);
  }
  return servers.flatMap((server, index) => finish(server, `covering/${index + 1}`) ?? []);
};

/** A server with a random selection of variants. */
const combineSome = (
  variants: readonly Variant[],
  id: string,
  { share, random, compatible }: { share: number; random: Random; compatible: Compatible },
): Variant | undefined => {
  const server = newCombination();
  for (const variant of shuffle(variants, random)) {
    if (random() < share) add(server, variant, compatible);
  }
  return finish(server, id);
};

const newCombination = (): Combination => ({ parts: [], make: undefined });

/** Adds a variant to a server, unless it contradicts one that is there; returns whether it did. */
const add = (server: Combination, variant: Variant, compatible: Compatible): boolean => {
  const make = server.make ? merge(server.make, variant.make, compatible) : variant.make;
  if (!make) return false;
  server.make = make;
  server.parts.push(variant);
  return true;
};

const merge = (
  one: VariantServer,
  other: VariantServer,
  compatible: Compatible,
): VariantServer | undefined => {
  if (one.server === 'reference' && other.server === 'reference') {
    return { server: 'reference', wrappings: [...one.wrappings, ...other.wrappings] };
  }
  if (one.server !== 'plain' || other.server !== 'plain') return undefined;
  const variations = mergeVariations(one.variations, other.variations);
  if (!variations || !compatible(one.variations, other.variations)) return undefined;
  return { server: 'plain', variations };
};

/** Both variations in one; undefined if they contradict each other. */
const mergeVariations = (one: Variations, other: Variations): Variations | undefined => {
  const alternatives = mergeFields(one.alternatives ?? {}, other.alternatives ?? {});
  const deliveries = mergeFields(one.deliveries ?? {}, other.deliveries ?? {});
  const whole = mergeFields(
    { ...one, alternatives: undefined, deliveries: undefined },
    { ...other, alternatives: undefined, deliveries: undefined },
  );
  return alternatives && deliveries && whole && { ...whole, alternatives, deliveries };
};

const mergeFields = <Fields extends object>(one: Fields, other: Fields): Fields | undefined => {
  const before = new Map(Object.entries(one));
  for (const [name, value] of Object.entries(other)) {
    const taken: unknown = before.get(name);
    if (taken !== undefined && JSON.stringify(taken) !== JSON.stringify(value)) return undefined;
  }
  return { ...one, ...other };
};

const finish = ({ parts, make }: Combination, id: string): Variant | undefined => {
  if (!make) return undefined;
  const decisions = [...new Set<RequirementId>(parts.flatMap((part) => part.decisions))].sort();
  return {
    ...{ id, kind: 'combination', make, decisions },
    varies: describe(parts),
    legal: 'Each of them is allowed, and none excludes another.',
    combines: parts.map((part) => part.id),
  };
};

/** The names of the variations, and the number of alternatives. */
const describe = (parts: readonly Variant[]): string => {
  const named = parts.filter(({ kind }) => kind !== 'alternative').map(({ id }) => nameOf(id));
  const numbered = parts.length - named.length;
  return `${named.sort().join(', ')}${numbered > 0 ? ` and ${numbered} alternatives` : ''}`;
};

const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);

const shuffle = <Item>(items: readonly Item[], random: Random): Item[] => {
  const remaining = [...items];
  return items.flatMap(() => remaining.splice(below(random, remaining.length), 1));
};

/** Whether one server can have the variations of both. */
export const areCompatible: Compatible = (one, other) =>
  !contradict(one, other) &&
  !contradict(other, one) &&
  !hidesRepeats(one, other) &&
  !hidesRepeats(other, one) &&
  !losesDetails(one, other) &&
  !losesDetails(other, one) &&
  !waitsTooLong(one, other) &&
  !waitsTooLong(other, one) &&
  !exclusions.some(
    ({ both: [first, second] }) =>
      (takes(one, first) && takes(other, second)) || (takes(one, second) && takes(other, first)),
  );

/** Whether a variation of the first contradicts an alternative of the second. */
const contradict = (
  { window, ids, costs }: Variations,
  { alternatives = {} }: Variations,
): boolean =>
  (window !== undefined &&
    (alternatives['LG-LIM-008'] === 2 || alternatives['LG-LIM-015'] === 2)) ||
  (ids !== undefined && alternatives['LG-GEN-045'] !== undefined) ||
  (costs !== undefined && alternatives['LG-LIM-015'] !== undefined);

/** An event that is repeated with another id looks like a second event. */
const hidesRepeats = ({ deliveries }: Variations, { alternatives = {} }: Variations): boolean =>
  deliveries?.repeats !== undefined && alternatives['LG-WEB-005'] === 1;

/**
 * Responses like the examples have no phone number and role of a dossier: its contact must have
 * them.
 */
const losesDetails = ({ asInExamples }: Variations, { alternatives = {} }: Variations): boolean =>
  asInExamples === true && alternatives['LG-DOS-061'] === 1;

/** Responses that wait for late deliveries would exceed the time-out. */
const waitsTooLong = ({ deliveries }: Variations, { alternatives = {} }: Variations): boolean =>
  ((deliveries?.delay?.[1] ?? 0) >= 1_000 || deliveries?.firstLate !== undefined) &&
  alternatives['LG-WEB-036'] !== undefined;

const takes = (
  { alternatives }: Variations,
  { decision, alternative }: { decision: RequirementId; alternative: number },
): boolean => alternatives?.[decision] === alternative;
