import type { Contact } from '../world/contacts.ts';
import { dossierStatuses } from '../world/dossier-types.ts';
import { expectEqual } from '../world/expectations.ts';
import type { Dossier } from '../world/organization.ts';
import { pageSizes } from '../world/page-sizes.ts';
import { walkPages } from '../world/pages.ts';
import { expectCount } from './oracle/counts.ts';
import {
  expectMembers,
  isListed,
  isOfKind,
  type DossierFilter,
  type Membership,
} from './oracle/membership.ts';
import type { DossierFacts } from './oracle/oracle.ts';
import { expectContact } from './oracle/shown-contact.ts';
import { expectDossier } from './oracle/shown-dossier.ts';
import type { Session } from './session.ts';

type Query = Readonly<Record<string, string>>;

const walk = async (
  { world, observer }: Session,
  operation: 'listDossiers' | 'listContacts',
  query: Query,
  size = pageSizes(world.contract, operation).maximum,
) => {
  const paged = { per_page: String(size), ...query };
  const pages = await walkPages(observer, operation, paged, world.expect);
  for (const { items } of pages.slice(0, -1)) {
    expectEqual(items.length, size, 'the number of items on a page before the last');
  }
  return { items: pages.flatMap(({ items }) => items), total: pages[0]?.total ?? 0 };
};

const named = (list: string, filter: object): string => {
  const told = Object.entries(filter).map(([name, value]) => `${name}=${String(value)}`);
  return [`the list of ${list}`, ...told].join(' ');
};

/**
 * The list of dossiers, by a filter, has those that it should. Only in an organisation where nobody
 * else works.
 */
export const lookAtDossierList = async (
  session: Session,
  filter: DossierFilter = {},
  size?: number,
): Promise<void> => {
  const { oracle, aspects } = session;
  const { items, total } = await walk(session, 'listDossiers', { ...filter }, size);
  const membership = new Map<string, Membership>();
  for (const [id, one] of oracle.dossiers) {
    membership.set(id, isListed(one, filter, oracle.decided));
  }
  const ids = items.map(({ id }) => id);
  expectMembers({ ids, total }, membership, named('dossiers', filter));
  for (const shown of items as unknown as readonly Dossier[]) {
    const known = oracle.dossiers.get(shown.id);
    if (known && filter.status !== undefined) known.facts.set('status', filter.status);
    if (known && aspects.has('fields')) expectDossier(known, { ...shown }, 'the list of dossiers');
  }
};

/** Each dossier is listed under one status, its own. */
export const lookAtStatuses = async (session: Session): Promise<void> => {
  for (const status of dossierStatuses(session.world.contract)) {
    await lookAtDossierList(session, { status });
  }
};

/**
 * A dossier is listed in the stage that it is in, as far as that is known; by its status too, as
 * without one the list may be shorter (LG-DOS-015).
 */
export const lookAtStageOf = async (session: Session, { facts }: DossierFacts): Promise<void> => {
  const [status, stage_id] = [facts.get('status'), facts.get('current_stage_id')];
  if (typeof stage_id !== 'string') return;
  const filter = typeof status === 'string' ? { status, stage_id } : { stage_id };
  await lookAtDossierList(session, filter);
};

/** The list of contacts, by a kind, has those that it should; likewise where nobody else works. */
export const lookAtContactList = async (
  session: Session,
  filter: { readonly kind?: string } = {},
  size?: number,
): Promise<void> => {
  const { oracle, aspects } = session;
  const { items, total } = await walk(session, 'listContacts', { ...filter }, size);
  const membership = new Map<string, Membership>();
  for (const [id, facts] of oracle.contacts) membership.set(id, isOfKind(facts, filter.kind));
  for (const id of oracle.deleted) membership.set(id, false);
  const ids = items.map(({ id }) => id);
  expectMembers({ ids, total }, membership, named('contacts', filter), oracle.strays);
  for (const shown of items as unknown as readonly Contact[]) {
    const facts = oracle.contacts.get(shown.id);
    if (!facts) continue;
    if (aspects.has('fields')) expectContact(facts, { ...shown }, 'the list of contacts');
    if (aspects.has('counts')) expectCount(oracle, shown.id, shown.dossier_count);
  }
};
