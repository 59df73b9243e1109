import { walkPages } from '../context/answers.ts';
import { expectEqual, expectThat } from '../context/expectations.ts';
import { pageSizes } from '../contract/operations.ts';
import { type Contact, type Dossier, dossierStatuses } from '../contract/resources.ts';
import { expectContact, expectCount, expectDossier } from './checks.ts';
import type { ModelSession } from './command.ts';
import type { DossierFacts, Facts } from './oracle.ts';
import { saidByNobody, type SaySubject, type Subject } from './subjects.ts';

type Query = Readonly<Record<string, string>>;

const walkList = async (
  { context, observer, say }: ModelSession,
  operation: 'listDossiers' | 'listContacts',
  query: Query,
  size = pageSizes(context.contract, operation).maximum,
) => {
  const paged = { per_page: String(size), ...query };
  const pages = await walkPages(observer, operation, paged, context.expect);
  say({ part: 'page', operation });
  for (const { items } of pages.slice(0, -1)) {
    expectEqual(items.length, size, 'the number of items on a page before the last');
  }
  return { items: pages.flatMap(({ items }) => items), total: pages[0]?.total ?? 0 };
};

const namesOf = (list: string, filter: object): string => {
  const conditions = Object.entries(filter).map(([name, value]) => `${name}=${String(value)}`);
  return [`the list of ${list}`, ...conditions].join(' ');
};

/**
 * The list of dossiers with a filter is as expected. Only in an organisation that nobody else
 * uses.
 */
export const checkDossierList = async (
  session: ModelSession,
  filter: DossierFilter = {},
  size?: number,
): Promise<void> => {
  const { oracle, aspects } = session;
  const { items, total } = await walkList(session, 'listDossiers', { ...filter }, size);
  const membership = new Map<string, Membership>();
  for (const [id, one] of oracle.dossiers) {
    membership.set(id, belongsToList(one, filter, oracle.decided));
  }
  const ids = items.map(({ id }) => id);
  const asked = { operation: 'listDossiers', filters: Object.keys(filter) } as const;
  const list = { list: namesOf('dossiers', filter), asked, say: session.say };
  expectMembers({ ids, total }, membership, list);
  for (const shown of items as unknown as readonly Dossier[]) {
    const known = oracle.dossiers.get(shown.id);
    if (known && filter.status !== undefined) known.facts.set('status', filter.status);
    if (known && aspects.has('fields')) {
      expectDossier(known, { ...shown }, 'the list of dossiers', session.say);
    }
  }
};

/** Each dossier is listed under its own status only. */
export const checkStatuses = async (session: ModelSession): Promise<void> => {
  for (const status of dossierStatuses(session.context.contract)) {
    await checkDossierList(session, { status });
  }
};

/**
 * A dossier is listed under its stage, if that is known, and its status, since without a status
 * some may be left out (LG-DOS-015).
 */
export const checkStageOf = async (
  session: ModelSession,
  { facts }: DossierFacts,
): Promise<void> => {
  const [status, stage_id] = [facts.get('status'), facts.get('current_stage_id')];
  if (typeof stage_id !== 'string') return;
  const filter = typeof status === 'string' ? { status, stage_id } : { stage_id };
  await checkDossierList(session, filter);
};

/**
 * The list of contacts with a kind is as expected. Only in an organisation that nobody else uses.
 */
export const checkContactList = async (
  session: ModelSession,
  filter: { readonly kind?: string } = {},
  size?: number,
): Promise<void> => {
  const { oracle, aspects } = session;
  const { items, total } = await walkList(session, 'listContacts', { ...filter }, size);
  const membership = new Map<string, Membership>();
  for (const [id, facts] of oracle.contacts) membership.set(id, belongsToKind(facts, filter.kind));
  for (const id of oracle.deleted) membership.set(id, false);
  const ids = items.map(({ id }) => id);
  const asked = { operation: 'listContacts', filters: Object.keys(filter) } as const;
  const list = { list: namesOf('contacts', filter), asked, say: session.say };
  expectMembers({ ids, total }, membership, list, oracle.unknownItems);
  for (const shown of items as unknown as readonly Contact[]) {
    const facts = oracle.contacts.get(shown.id);
    if (!facts) continue;
    if (aspects.has('fields')) {
      expectContact(facts, { ...shown }, { place: 'the list of contacts', say: session.say });
    }
    session.say({ part: 'count', place: 'the list of contacts' });
    if (aspects.has('counts')) expectCount(oracle, shown.id, shown.dossier_count);
  }
};

/** Whether an item belongs to a list; undefined if that is open. */
type Membership = boolean | undefined;

const both = (...parts: readonly Membership[]): Membership => {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
};

const matches = (facts: Facts, name: string, wanted: string | undefined): Membership => {
  if (wanted === undefined) return true;
  return facts.has(name) ? facts.get(name) === wanted : undefined;
};

/** A filter for listing dossiers. */
export interface DossierFilter {
  readonly type?: string;
  readonly status?: string;
  readonly stage_id?: string;
}

/**
 * Whether a list with this filter has a dossier; without a status it may leave out archived ones
 * (LG-DOS-015).
 */
export const belongsToList = (
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

/** Whether a list with this kind has a contact. */
const belongsToKind = (facts: Facts, kind: string | undefined): Membership => {
  if (kind === undefined) return true;
  return facts.has('kind') ? (facts.get('kind') as readonly string[]).includes(kind) : undefined;
};

/** A list that is compared. */
interface ListSight {
  /** Its name in messages. */
  readonly list: string;
  readonly asked?: Pick<Subject, 'operation' | 'filters'>;
  readonly say?: SaySubject;
}

/**
 * A list has every item that belongs to it, no other, none twice, and the correct total.
 *
 * @param unknownItems - the maximum number of unknown items
 */
export const expectMembers = (
  shown: { readonly ids: readonly string[]; readonly total: number },
  membership: ReadonlyMap<string, Membership>,
  { list, asked = {}, say = saidByNobody }: ListSight,
  unknownItems = 0,
): void => {
  const { ids, total } = shown;
  say({ part: 'once', ...asked });
  expectEqual(new Set(ids).size, ids.length, `the number of different ids in ${list}`);
  say({ part: 'members', ...asked });
  const absent = [...membership].filter(([id, is]) => is === true && !ids.includes(id));
  expectThat(
    absent.length === 0,
    `${String(absent[0]?.[0])} in ${list}`,
    () => 'a list without it',
  );
  const alien = ids.filter((id) => membership.get(id) === false);
  expectThat(alien.length === 0, `${list} without ${String(alien[0])}`, () => 'a list with it');
  const unknown = ids.filter((id) => !membership.has(id));
  expectThat(unknown.length <= unknownItems, `no other item in ${list}`, () => unknown);
  say({ part: 'total', ...asked });
  expectEqual(total, ids.length, `the total of ${list}`);
};
