import { onJsonBody } from '../../../../../conformance/faults/inject.ts';
import { type FaultyServer, type Handlers, inHandlers, onWire } from '../../faulty-server.ts';
import {
  type AnyCall,
  beforeOperation,
  changeBody,
  changeItems,
  changeList,
  type Item,
} from '../../inject/handlers.ts';

type Kinds = readonly string[];

const kindsOf = ({ kind }: Item): Kinds => (Array.isArray(kind) ? (kind as string[]) : []);

/** Changes the kinds in a body that has any. */
const onKinds = (inject: (kinds: Kinds) => Kinds) => (sent: Readonly<Item>) => ({
  ...sent,
  ...('kind' in sent && { kind: inject(kindsOf(sent)) }),
});

const creation = ['createContact'] as const;
const shows = ['createContact', 'getContact', 'updateContact', 'listContacts'] as const;

/** Faults in the kinds of contacts. */
export const kindFaults: readonly FaultyServer[] = [
  onWire(
    'contacts/plural-kinds',
    'LG-CON-001',
    'takes a kind in the plural for the kind',
    onJsonBody(['createContact', 'updateContact'], (sent) =>
      onKinds((all) => all.map((one) => one.replace(/s$/, '')))(sent),
    ),
  ),
  inHandlers(
    'contacts/narrow-kinds',
    'LG-CON-002',
    'keeps kinds in a column of 40 characters, in which all of them have no room',
    changeBody(creation, (sent) => onKinds((all) => all.slice(0, 4))(sent)),
  ),
  inHandlers(
    'contacts/clients-are-prospects',
    'LG-CON-044',
    'makes prospects of new clients',
    changeBody(creation, (sent) =>
      onKinds((all) => (all.includes('client') ? [...new Set([...all, 'prospect'])] : all))(sent),
    ),
  ),
  inHandlers(
    'contacts/employed-prospects',
    'LG-CON-045',
    'takes who has a company and no kind for a prospect',
    changeBody(creation, (sent) =>
      sent['company'] && kindsOf(sent).length === 0 ? { ...sent, kind: ['prospect'] } : { ...sent },
    ),
  ),
  inHandlers(
    'contacts/profiled-candidates',
    'LG-CON-045',
    'takes who has a profile and no kind for a candidate',
    changeBody(creation, (sent) =>
      sent['linkedin_url'] && kindsOf(sent).length === 0
        ? { ...sent, kind: ['candidate'] }
        : { ...sent },
    ),
  ),
  onWire(
    'contacts/last-kind-unchecked',
    'LG-CON-046',
    'looks at all kinds of a change but the last, and drops that if it knows it not',
    onJsonBody(['updateContact'], (sent) =>
      onKinds((all) => (isKnown(all.at(-1)) ? all : all.slice(0, -1)))(sent),
    ),
  ),
  inHandlers(
    'contacts/no-emptying-of-kinds',
    'LG-CON-068',
    'takes an empty array of kinds for no change',
    changeBody(['updateContact'], ({ kind, ...others }) =>
      Array.isArray(kind) && kind.length > 0 ? { ...others, kind } : others,
    ),
  ),
  inHandlers(
    'contacts/old-kinds-listed',
    'LG-CON-005',
    'lists by kinds that were taken away',
    (own) => {
      const ever = new Map<unknown, Set<string>>();
      const watch = changeItems(shows.slice(0, 3), (contact) => {
        const known = ever.get(contact['id']) ?? new Set<string>();
        for (const one of kindsOf(contact)) known.add(one);
        ever.set(contact['id'], known);
      });
      const list = changeList('listContacts', (items, { organization, query: { kind } }) => {
        const call = (kind as Kinds | undefined) ?? [];
        const others = [...organization.contacts.rows]
          .filter(({ id }) => !items.some((one) => one['id'] === id))
          .filter(({ id }) => call.some((one) => ever.get(id)?.has(one)));
        return [...items, ...others.map((one) => ({ ...one, dossier_count: 0 }))];
      });
      return { ...watch(own), ...list(own) };
    },
  ),
  inHandlers(
    'contacts/two-kinds-at-most',
    'LG-CON-006',
    'combines the first two kinds that it is asked for',
    changeList('listContacts', (items, { query: { kind } }) => {
      const call = ((kind as Kinds | undefined) ?? []).slice(0, 2);
      return items.filter((one) => call.length < 2 || call.some((it) => kindsOf(one).includes(it)));
    }),
  ),
  inHandlers(
    'contacts/once-for-each-kind',
    'LG-GEN-017',
    'lists a contact once for each of the kinds that it is asked for',
    changeList('listContacts', (items, { query: { kind } }) => {
      const call = (kind as Kinds | undefined) ?? [];
      if (call.length < 2) return items;
      return items.flatMap((one) => call.filter((it) => kindsOf(one).includes(it)).map(() => one));
    }),
  ),
  inHandlers(
    'contacts/kind-asked-twice',
    'LG-CON-006',
    'finds nobody by one kind that it is asked for twice, as nobody has two of it',
    changeList('listContacts', (items, { query: { kind } }) => {
      const call = (kind as Kinds | undefined) ?? [];
      return call.length === 2 && call[0] === call[1] ? [] : items;
    }),
  ),
];

const isKnown = (kind: string | undefined): boolean =>
  kind === undefined || ['candidate', 'prospect', 'client', 'supplier', 'partner'].includes(kind);

const day = 86_400_000;

/**
 * For how many milliseconds a contact stays in the pool, negative after that; undefined if it never
 * was in it.
 */
const remainingPoolTime = (id: unknown, { organization, clock }: AnyCall): number | undefined => {
  const window = organization.poolWindows.get(String(id));
  return window && window.until - clock.now();
};

const allContacts = ({ organization }: AnyCall): Item[] =>
  [...organization.contacts.rows].map((one) => ({ ...one, dossier_count: 0 }));

/** Adds contacts that never were in the pool to lists with these values of `pool`. */
const listNeverPooled =
  (
    pools: readonly unknown[],
    isListed: (contact: Item) => boolean = () => true,
  ): ((own: Handlers) => Partial<Handlers>) =>
  (own) =>
    changeList('listContacts', (items, call) => {
      const { pool, ...others } = call.query;
      if (!pools.includes(pool)) return items;
      const query = { ...others, page: 1, per_page: Number.MAX_SAFE_INTEGER };
      const { data } = own.listContacts({ ...call, query } as never).body;
      const never = data.filter(
        (one) => remainingPoolTime(one.id, call) === undefined && isListed(one),
      );
      return [...items, ...never];
    })(own);

/** Faults in the talent pool. */
export const poolFaults: readonly FaultyServer[] = [
  inHandlers(
    'contacts/grace-in-pool',
    'LG-CON-008',
    'leaves who was in the pool in it for a week longer',
    changeList('listContacts', (items, call) => {
      if (call.query['pool'] !== 'in_pool') return items;
      return allContacts(call).filter(
        ({ id }) => (remainingPoolTime(id, call) ?? -8 * day) > -7 * day,
      );
    }),
  ),
  inHandlers(
    'contacts/out-of-pool-by-change',
    'LG-CON-008',
    'writes a contact anew with each change, and leaves its time in the pool behind',
    beforeOperation('updateContact', ({ organization, params: { id = '' } }) => {
      if (organization.poolWindows.get(id)) organization.poolWindows.remove(id);
    }),
  ),
  inHandlers(
    'contacts/forgets-old-pool',
    'LG-CON-009',
    'lists as expired whose time was over within a year',
    changeList('listContacts', (items, call) =>
      call.query['pool'] === 'expired'
        ? items.filter(({ id }) => (remainingPoolTime(id, call) ?? 0) > -365 * day)
        : items,
    ),
  ),
  inHandlers(
    'contacts/everybody-expires-later',
    'LG-CON-009',
    'lists those inside on the later pages of the expired',
    changeList('listContacts', (items, call) => {
      const { pool, page } = call.query;
      if (pool !== 'expired' || page === 1) return items;
      return allContacts(call).filter(({ id }) => remainingPoolTime(id, call) !== undefined);
    }),
  ),
  inHandlers(
    'contacts/in-both-lists',
    'LG-CON-009',
    'lists as expired everybody who was ever put in the pool, those inside included',
    changeList('listContacts', (items, call) =>
      call.query['pool'] === 'expired'
        ? allContacts(call).filter(({ id }) => remainingPoolTime(id, call) !== undefined)
        : items,
    ),
  ),
  inHandlers(
    'contacts/expired-is-outside',
    'LG-CON-010',
    'lists as expired who is not in the pool, those included who never were',
    listNeverPooled(['expired']),
  ),
  inHandlers(
    'contacts/inside-without-end',
    'LG-CON-010',
    'lists as in the pool who has no end of a time there, as if that were unlimited',
    listNeverPooled(['in_pool']),
  ),
  inHandlers(
    'contacts/never-pooled-in-both',
    'LG-CON-010',
    'lists under either value who never was in the pool',
    listNeverPooled(['in_pool', 'expired']),
  ),
  inHandlers(
    'contacts/candidates-expire',
    'LG-CON-010',
    'counts every candidate outside the pool as expired',
    listNeverPooled(['expired'], ({ kind }) => (kind as unknown[]).includes('candidate')),
  ),
];
