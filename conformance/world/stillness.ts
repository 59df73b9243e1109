import type { OperationId } from '../../openapi/contract.ts';
import { Unavailable } from '../targets/unavailable.ts';
import { Nonconformity } from './nonconformity.ts';
import type { Organization } from './organization.ts';
import { pageSizes } from './page-sizes.ts';
import { pageOf } from './pages.ts';
import type { World } from './world.ts';

/** So often others may come between before there is no hope of a still moment. */
const attempts = 20;

/**
 * Checks what holds of a list as long as nobody writes to it. In an organisation where others work
 * that may fail without any fault: if what was looked at isn't the same any more, it's checked anew.
 *
 * @param look - what must be the same after the check as before; the check is given it
 * @throws Unavailable when others never leave it alone for so long
 */
export const whileStill = async <Seen>(
  look: () => Promise<Seen>,
  check: (seen: Seen) => Promise<void> | void,
): Promise<void> => {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const seen = await look();
    try {
      await check(seen);
      return;
    } catch (thrown) {
      if (!(thrown instanceof Nonconformity)) throw thrown;
      if (JSON.stringify(await look()) === JSON.stringify(seen)) throw thrown;
    }
  }
  throw new Unavailable('It needs an organisation that nobody else writes to for a moment.');
};

/** The longest first page of a list, in ids, and the total that it tells. */
export interface Front {
  readonly ids: readonly string[];
  readonly total: number;
}

/** Looks at the beginning of a list. */
export const frontOf = async (
  { contract, expect }: Pick<World, 'contract' | 'expect'>,
  home: Organization,
  operation: OperationId,
): Promise<Front> => {
  const { maximum } = pageSizes(contract, operation);
  const exchange = await home.all.send(operation, { query: { per_page: String(maximum) } });
  expect.success(exchange);
  const { items, total } = pageOf(exchange);
  return { ids: items.map(({ id }) => id), total };
};
