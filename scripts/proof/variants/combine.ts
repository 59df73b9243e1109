import type { RequirementId } from '../../../openapi/register.ts';
import type { Freedoms } from '../plain-server/freedoms.ts';
import { below, type Random } from '../../fire/random.ts';
import type { Make, Variant } from './variant.ts';

/** Whether one server can take both alternatives. */
export type Compatible = (one: Freedoms, other: Freedoms) => boolean;

/** A server that is being put together. */
interface Assembly {
  readonly parts: Variant[];
  make: Make | undefined;
}

/**
 * Puts all variants into as few servers as they fit into, and spreads them evenly: each occurs once.
 *
 * @param count - how many servers there are at least
 */
export const coverAll = (
  variants: readonly Variant[],
  { count, random, compatible }: { count: number; random: Random; compatible: Compatible },
): Variant[] => {
  const servers: Assembly[] = Array.from({ length: count }, newAssembly);
  for (const variant of shuffle(variants, random)) {
    const emptiestFirst = [...servers].sort((one, other) => one.parts.length - other.parts.length);
    const fitting = emptiestFirst.find((server) => add(server, variant, compatible));
    if (fitting) continue;
    const another = newAssembly();
    add(another, variant, compatible);
    servers.push(another);
  }
  return servers.flatMap((server, index) => finish(server, `covering/${index + 1}`) ?? []);
};

/** A server that takes many of the variants, as chance will have it. */
export const combineSome = (
  variants: readonly Variant[],
  id: string,
  { share, random, compatible }: { share: number; random: Random; compatible: Compatible },
): Variant | undefined => {
  const server = newAssembly();
  for (const variant of shuffle(variants, random)) {
    if (random() < share) add(server, variant, compatible);
  }
  return finish(server, id);
};

const newAssembly = (): Assembly => ({ parts: [], make: undefined });

/** Adds a variant to a server unless it takes something else there. */
const add = (server: Assembly, variant: Variant, compatible: Compatible): boolean => {
  const make = server.make ? merge(server.make, variant.make, compatible) : variant.make;
  if (!make) return false;
  server.make = make;
  server.parts.push(variant);
  return true;
};

const merge = (one: Make, other: Make, compatible: Compatible): Make | undefined => {
  if (one.server === 'reference' && other.server === 'reference') {
    return { server: 'reference', dresses: [...one.dresses, ...other.dresses] };
  }
  if (one.server !== 'plain' || other.server !== 'plain') return undefined;
  const freedoms = mergeFreedoms(one.freedoms, other.freedoms);
  if (!freedoms || !compatible(one.freedoms, other.freedoms)) return undefined;
  return { server: 'plain', freedoms };
};

/** Both, unless they want something else of the same thing. */
const mergeFreedoms = (one: Freedoms, other: Freedoms): Freedoms | undefined => {
  const alternatives = mergeMembers(one.alternatives ?? {}, other.alternatives ?? {});
  const deliveries = mergeMembers(one.deliveries ?? {}, other.deliveries ?? {});
  const whole = mergeMembers(
    { ...one, alternatives: undefined, deliveries: undefined },
    { ...other, alternatives: undefined, deliveries: undefined },
  );
  return alternatives && deliveries && whole && { ...whole, alternatives, deliveries };
};

const mergeMembers = <Members extends object>(
  one: Members,
  other: Members,
): Members | undefined => {
  const before = new Map(Object.entries(one));
  for (const [name, value] of Object.entries(other)) {
    const taken: unknown = before.get(name);
    if (taken !== undefined && JSON.stringify(taken) !== JSON.stringify(value)) return undefined;
  }
  return { ...one, ...other };
};

const finish = ({ parts, make }: Assembly, id: string): Variant | undefined => {
  if (!make) return undefined;
  const decisions = [...new Set<RequirementId>(parts.flatMap((part) => part.decisions))].sort();
  return {
    ...{ id, kind: 'combination', make, decisions },
    varies: describe(parts),
    legal: 'Each of them is allowed, and none excludes another.',
    combines: parts.map((part) => part.id),
  };
};

/** The freedoms by name; of alternatives there are too many. */
const describe = (parts: readonly Variant[]): string => {
  const named = parts.filter(({ kind }) => kind !== 'alternative').map(({ id }) => nameOf(id));
  const numbered = parts.length - named.length;
  return `${named.sort().join(', ')}${numbered > 0 ? ` and ${numbered} alternatives` : ''}`;
};

const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);

const shuffle = <Item>(items: readonly Item[], random: Random): Item[] => {
  const left = [...items];
  return items.flatMap(() => left.splice(below(random, left.length), 1));
};
