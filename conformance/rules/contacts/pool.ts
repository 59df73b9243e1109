import { expectPoolList } from '../../assertions/lists.ts';
import { shortWindows } from '../../assertions/rate-limit.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds } from '../../contract/resources.ts';
import { cacheForever } from '../../faults/history.ts';
import { ignoreQueryParameters, onMutableRequest, onRequest } from '../../faults/inject.ts';
import {
  contactIdsIn,
  createContact,
  createContacts,
  deleteContact,
  expectContactNotListed,
  fillPool,
  findListedContact,
  ownContactIdsIn,
  pooledIds,
} from '../../fixtures/contacts.ts';

const inPool = defineRule({
  id: 'contacts/in-pool',
  level: 'MUST',
  verifies: ['LG-CON-008'],
  sentence: 'Those in the talent pool are listed as such, and nobody else.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: (world) => expectPoolList(world, { pool: 'in_pool', holds: (seconds) => seconds > 0 }),
  liar: ignoreQueryParameters('listContacts', 'pool'),
});

const poolExpired = defineRule({
  id: 'contacts/pool-expired',
  level: 'MUST',
  verifies: ['LG-CON-009'],
  sentence: 'Those whose time in the talent pool is over are listed as such, and nobody else.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: (world) => expectPoolList(world, { pool: 'expired', holds: (seconds) => seconds < 0 }),
  // A server that looks who was put into the pool.
  liar: onMutableRequest(({ url }) => {
    if (url.searchParams.has('pool')) url.searchParams.set('pool', 'in_pool');
  }),
});

const month = 2_592_000;

const neverPooled = defineRule({
  id: 'contacts/never-pooled',
  level: 'MUST',
  verifies: ['LG-CON-010'],
  sentence: 'Who never was in the talent pool is neither in it nor expired.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: async (world) => {
    const home = await world.organization();
    const pooled = await fillPool(world, home, [null, month, -month, null, month]);
    const last = pooled.at(-1);
    // One whose window is taken back never was there either.
    if (last) await home.setPoolWindow(last.contact.id, null);
    const expired = pooledIds(pooled, ({ seconds }) => seconds === -month);
    const inside = pooledIds(pooled.slice(0, -1), ({ seconds }) => seconds === month);
    expectEqual(await contactIdsIn(world, home, { pool: 'expired' }), expired, 'who is expired');
    expectEqual(await contactIdsIn(world, home, { pool: 'in_pool' }), inside, 'who is inside');
  },
  // A server to which expired is who isn't inside.
  liar: onMutableRequest(({ url }) => {
    if (url.searchParams.get('pool') === 'expired') url.searchParams.delete('pool');
  }),
});

const newNotExpired = defineRule({
  id: 'contacts/new-not-expired',
  level: 'MUST',
  verifies: ['LG-CON-009', 'LG-CON-010'],
  sentence: 'A contact that was created a moment ago has no time in the talent pool behind it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    // A server may put new contacts in the pool by itself: `in_pool` is left open here.
    const kinds = [[], ...contactKinds(world.contract).map((one) => [one])];
    const drafts = kinds.map((kind) => ({ full_name: 'Noor Bakker', kind }));
    const made = await createContacts(world, home, drafts);
    const expired = await ownContactIdsIn(world, home, made, { pool: 'expired' });
    expectEqual(expired, [], 'the new contacts that are listed as expired');
  },
  // A server that overlooks the filter.
  liar: onMutableRequest(({ url }) => {
    if (url.searchParams.get('pool') === 'expired') url.searchParams.delete('pool');
  }),
});

const day = 86_400;

const poolMoves = defineRule({
  id: 'contacts/pool-moves',
  level: 'MUST',
  verifies: ['LG-CON-008', 'LG-CON-009', 'LG-CON-010', 'LG-CON-074'],
  sentence:
    'Who enters the talent pool, leaves it, comes back or is deleted is listed accordingly.',
  needs: ['talent-pool'],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    const expectNeverPooled = async () => {
      await home.setPoolWindow(id, null);
      for (const pool of ['in_pool', 'expired']) {
        await expectContactNotListed(world, home, id, { pool });
      }
    };
    await expectNeverPooled();
    for (const seconds of [2 * day, -2 * day, 400 * day, 3 * day, -400 * day]) {
      await home.setPoolWindow(id, seconds);
      const [pool, other] = seconds > 0 ? ['in_pool', 'expired'] : ['expired', 'in_pool'];
      await findListedContact(world, home, id, { pool });
      await expectContactNotListed(world, home, id, { pool: other });
      await findListedContact(world, home, id);
    }
    await expectNeverPooled();
    for (const seconds of [day, -2 * day]) {
      const gone = await createContact(world, home, { full_name: 'Iris' });
      await home.setPoolWindow(gone.id, seconds);
      await deleteContact(world, home, gone.id);
      for (const pool of ['in_pool', 'expired']) {
        await expectContactNotListed(world, home, gone.id, { pool });
      }
    }
  },
  liar: cacheForever(),
});

/** So that no clock tick decides, in seconds. */
const margin = 0.1;

const poolEnd = defineRule({
  id: 'contacts/pool-end',
  level: 'SHOULD',
  verifies: ['LG-CON-011'],
  sentence: 'A time in the talent pool is over as soon as it ends.',
  needs: ['talent-pool'],
  waits: true,
  check: async (world) => {
    const home = await world.organization();
    const { id } = await createContact(world, home, { full_name: 'Noor Bakker' });
    let inside = false;
    // On a busy machine a short time is over before it was looked at.
    for (const seconds of shortWindows) {
      await home.setPoolWindow(id, seconds);
      inside = (await contactIdsIn(world, home, { pool: 'in_pool' })).includes(id);
      if (!inside) continue;
      await world.wait(seconds + margin);
      await findListedContact(world, home, id, { pool: 'expired' });
      break;
    }
    expectThat(inside, 'a contact in the pool until its time ends', () => 'one that is not in it');
    // One that ends now has ended by the time that it is asked for.
    await home.setPoolWindow(id, 0);
    await findListedContact(world, home, id, { pool: 'expired' });
  },
  // A server that counts days.
  liar: onRequest(['listContacts'], (request) => {
    const url = request.url.replace('pool=expired', 'pool=in_pool');
    return Promise.resolve(new Request(url, request));
  }),
});

export default [
  inPool,
  poolExpired,
  neverPooled,
  newNotExpired,
  poolMoves,
  poolEnd,
] satisfies readonly Rule[];
