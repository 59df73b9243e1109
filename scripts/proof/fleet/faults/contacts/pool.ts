import { before, rechoose, type AskedAnything, type Item } from '../../bend/shown.ts';
import { inHandlers, type Fault } from '../../fault.ts';

const day = 86_400_000;

/** Until when a contact is in the pool, from now on, in milliseconds; undefined for never. */
const restOf = (id: unknown, { organization, clock }: AskedAnything): number | undefined => {
  const window = organization.poolWindows.get(String(id));
  return window && window.until - clock.now();
};

const everybodyIn = ({ organization }: AskedAnything): Item[] =>
  [...organization.contacts.rows].map((one) => ({ ...one, dossier_count: 0 }));

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
];
