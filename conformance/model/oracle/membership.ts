import { expectEqual, expectThat } from '../../world/expectations.ts';
import type { Facts } from './facts.ts';
import type { DossierFacts } from './oracle.ts';

/** Whether something belongs into a list; undefined where that is open. */
export type Membership = boolean | undefined;

const both = (...parts: readonly Membership[]): Membership => {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
};

const matches = (facts: Facts, name: string, wanted: string | undefined): Membership => {
  if (wanted === undefined) return true;
  return facts.has(name) ? facts.get(name) === wanted : undefined;
};

/** A filter of the list of dossiers. */
export interface DossierFilter {
  readonly type?: string;
  readonly status?: string;
  readonly stage_id?: string;
}

/** Whether a list with this filter has a dossier; without a status it may lack archived ones (LG-DOS-015). */
export const isListed = (
  { type, facts }: DossierFacts,
  filter: DossierFilter,
  decided: boolean,
): Membership => {
  const { status } = filter;
  const known = facts.get('status');
  const open = decided || (known !== undefined && known !== 'archived') ? true : undefined;
  return both(
    filter.type === undefined || filter.type === type,
    status === undefined ? open : matches(facts, 'status', status),
    matches(facts, 'current_stage_id', filter.stage_id),
  );
};

/** Whether a list by this kind has a contact. */
export const isOfKind = (facts: Facts, kind: string | undefined): Membership => {
  if (kind === undefined) return true;
  return facts.has('kind') ? (facts.get('kind') as readonly string[]).includes(kind) : undefined;
};

/**
 * A list has each of those that it must, none of those that it mustn't, nothing twice, and counts
 * them rightly.
 *
 * @param strays - how many it may have of which nothing is known
 */
export const expectMembers = (
  shown: { readonly ids: readonly string[]; readonly total: number },
  membership: ReadonlyMap<string, Membership>,
  list: string,
  strays = 0,
): void => {
  const { ids, total } = shown;
  expectEqual(new Set(ids).size, ids.length, `the number of different ids in ${list}`);
  const absent = [...membership].filter(([id, is]) => is === true && !ids.includes(id));
  expectThat(
    absent.length === 0,
    `${String(absent[0]?.[0])} in ${list}`,
    () => 'a list without it',
  );
  const alien = ids.filter((id) => membership.get(id) === false);
  expectThat(alien.length === 0, `${list} without ${String(alien[0])}`, () => 'a list with it');
  const unknown = ids.filter((id) => !membership.has(id));
  expectThat(unknown.length <= strays, `nothing else in ${list}`, () => unknown);
  expectEqual(total, ids.length, `the total of ${list}`);
};
