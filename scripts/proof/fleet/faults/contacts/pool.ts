import { before, rechoose, type AskedAnything, type Item } from '../../bend/shown.ts';
import { inHandlers, type Fault, type Handlers } from '../../fault.ts';

const day = 86_400_000;

/** Until when a contact is in the pool, from now on, in milliseconds; undefined for never. */
const restOf = (id: unknown, { organization, clock }: AskedAnything): number | undefined => {
  const window = organization.poolWindows.get(String(id));
  return window && window.until - clock.now();
};

const everybodyIn = ({ organization }: AskedAnything): Item[] =>
  [...organization.contacts.rows].map((one) => ({ ...one, dossier_count: 0 }));

/** Lists under some values of `pool` those as well that have no time there and are like that. */
const listNeverPooled =
  (
    pools: readonly unknown[],
    isLikeThat: (contact: Item) => boolean = () => true,
  ): ((own: Handlers) => Partial<Handlers>) =>
  (own) =>
    rechoose('listContacts', (items, asked) => {
      const { pool, ...others } = asked.query;
      if (!pools.includes(pool)) return items;
      const query = { ...others, page: 1, per_page: Number.MAX_SAFE_INTEGER };
      const { data } = own.listContacts({ ...asked, query } as never).body;
      const never = data.filter((one) => restOf(one.id, asked) === undefined && isLikeThat(one));
      return [...items, ...never];
    })(own);

/** What is wrong with the talent pool. */
export const pool: readonly Fault[] = [
  inHandlers(
    'contacts/grace-in-pool',
    'LG-CON-008',
    'leaves who was in the pool in it for a week longer',
    rechoose('listContacts', (items, asked) => {
      if (asked.query['pool'] !== 'in_pool') return items;
      return everybodyIn(asked).filter(({ id }) => (restOf(id, asked) ?? -8 * day) > -7 * day);
    }),
  ),
  inHandlers(
    'contacts/out-of-pool-by-change',
    'LG-CON-008',
    'writes a contact anew with each change, and leaves its time in the pool behind',
    before('updateContact', ({ organization, params: { id = '' } }) => {
      if (organization.poolWindows.get(id)) organization.poolWindows.remove(id);
    }),
  ),
  inHandlers(
    'contacts/forgets-old-pool',
    'LG-CON-009',
    'lists as expired whose time was over within a year',
    rechoose('listContacts', (items, asked) =>
      asked.query['pool'] === 'expired'
        ? items.filter(({ id }) => (restOf(id, asked) ?? 0) > -365 * day)
        : items,
    ),
  ),
  inHandlers(
    'contacts/everybody-expires-later',
    'LG-CON-009',
    'lists those inside on the later pages of the expired',
    rechoose('listContacts', (items, asked) => {
      const { pool, page } = asked.query;
      if (pool !== 'expired' || page === 1) return items;
      return everybodyIn(asked).filter(({ id }) => restOf(id, asked) !== undefined);
    }),
  ),
  inHandlers(
    'contacts/in-both-lists',
    'LG-CON-009',
    'lists as expired everybody who was ever put in the pool, those inside included',
    rechoose('listContacts', (items, asked) =>
      asked.query['pool'] === 'expired'
        ? everybodyIn(asked).filter(({ id }) => restOf(id, asked) !== undefined)
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
