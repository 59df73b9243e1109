import fc from 'fast-check';
import { aTimeInPool } from '../arbitraries/pool.ts';
import { contactIdsIn } from './contact-list.ts';
import { expectEqual } from './expectations.ts';
import { pageSizes } from './page-sizes.ts';
import { fillPool, idsOf } from './talent-pool.ts';
import type { World } from './world.ts';

export interface PoolList {
  /** The value of the filter. */
  readonly pool: 'in_pool' | 'expired';
  /** Whether someone belongs there whose time ends in so many seconds. */
  readonly holds: (seconds: number) => boolean;
}

/** Fills talent pools in many ways, and expects that a filter lists all that belong there. */
export const expectPoolList = (
  world: Pick<World, 'property' | 'organization' | 'expect' | 'contract'>,
  { pool, holds }: PoolList,
): Promise<void> =>
  world.property(
    [fc.array(aTimeInPool(), { maxLength: 6 })],
    async (times) => {
      const home = await world.organization();
      const pooled = await fillPool(world, home, times);
      const wanted = idsOf(pooled, ({ seconds }) => seconds !== null && holds(seconds));
      const { maximum } = pageSizes(world.contract, 'listContacts');
      for (const per_page of ['2', String(maximum)]) {
        const listed = await contactIdsIn(world, home, { pool, per_page });
        expectEqual(listed, wanted, `the ids of those that are listed as ${pool}`);
      }
    },
    8,
  );
