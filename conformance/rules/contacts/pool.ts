import { expectPoolList } from '../../assertions/lists.ts';
import { shortWindows } from '../../assertions/rate-limit.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds } from '../../contract/resources.ts';
import { cacheForever } from '../../faults/applied-requests.ts';
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
  sentence:
    'Listing contacts with `pool=in_pool` returns exactly the contacts that are in the talent pool.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: (context) => expectPoolList(context, { pool: 'in_pool', holds: (seconds) => seconds > 0 }),
  fault: ignoreQueryParameters('listContacts', 'pool'),
});

const poolExpired = defineRule({
  id: 'contacts/pool-expired',
  level: 'MUST',
  verifies: ['LG-CON-009'],
  sentence:
    'Listing contacts with `pool=expired` returns exactly the contacts whose time in the talent pool has passed.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: (context) => expectPoolList(context, { pool: 'expired', holds: (seconds) => seconds < 0 }),
  // A server that lists every contact that was ever put into the pool.
  fault: onMutableRequest(({ url }) => {
    if (url.searchParams.has('pool')) url.searchParams.set('pool', 'in_pool');
  }),
});

const month = 2_592_000;

const neverPooled = defineRule({
  id: 'contacts/never-pooled',
  level: 'MUST',
  verifies: ['LG-CON-010'],
  sentence: 'Contacts never in the talent pool are listed for neither value of `pool`.',
  needs: ['fresh-organizations', 'talent-pool'],
  check: async (context) => {
    const org = await context.organization();
    const pooled = await fillPool(org, [null, month, -month, null, month]);
    const last = pooled.at(-1);
    // A contact whose time in the pool is removed counts as never in it.
    if (last) await org.setPoolWindow(last.contact.id, null);
    const expired = pooledIds(pooled, ({ seconds }) => seconds === -month);
    const inside = pooledIds(pooled.slice(0, -1), ({ seconds }) => seconds === month);
    expectEqual(
      await contactIdsIn(org, { pool: 'expired' }),
      expired,
      'the contacts with pool=expired',
    );
    expectEqual(
      await contactIdsIn(org, { pool: 'in_pool' }),
      inside,
      'the contacts with pool=in_pool',
    );
  },
  // A server that lists every contact outside the pool as expired.
  fault: onMutableRequest(({ url }) => {
    if (url.searchParams.get('pool') === 'expired') url.searchParams.delete('pool');
  }),
});

const newNotExpired = defineRule({
  id: 'contacts/new-not-expired',
  level: 'MUST',
  verifies: ['LG-CON-009', 'LG-CON-010'],
  sentence: "A new contact isn't listed with `pool=expired`.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    // A server may put new contacts into the pool by default, so `in_pool` isn't checked.
    const kinds = [[], ...contactKinds(context.contract).map((one) => [one])];
    const drafts = kinds.map((kind) => ({ full_name: 'Noor Bakker', kind }));
    const made = await createContacts(org, drafts);
    context.about('LG-CON-009', 'LG-CON-010');
    const expired = await ownContactIdsIn(org, made, { pool: 'expired' });
    expectEqual(expired, [], 'the new contacts with pool=expired');
  },
  // A server that ignores the filter.
  fault: onMutableRequest(({ url }) => {
    if (url.searchParams.get('pool') === 'expired') url.searchParams.delete('pool');
  }),
});

const day = 86_400;

const poolRequirements = { in_pool: 'LG-CON-008', expired: 'LG-CON-009' } as const;

const poolMoves = defineRule({
  id: 'contacts/pool-moves',
  level: 'MUST',
  verifies: ['LG-CON-008', 'LG-CON-009', 'LG-CON-010', 'LG-CON-074'],
  sentence:
    'Listing contacts by `pool` follows contacts that enter or leave the pool or are deleted.',
  needs: ['talent-pool'],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createContact(org, { full_name: 'Noor Bakker' });
    const expectNeverPooled = async () => {
      context.about('LG-CON-010');
      await org.setPoolWindow(id, null);
      for (const pool of ['in_pool', 'expired']) {
        await expectContactNotListed(org, id, { pool });
      }
    };
    await expectNeverPooled();
    for (const seconds of [2 * day, -2 * day, 400 * day, 3 * day, -400 * day]) {
      await org.setPoolWindow(id, seconds);
      const names = ['in_pool', 'expired'] as const;
      const [pool, other] = seconds > 0 ? names : ([names[1], names[0]] as const);
      context.about(poolRequirements[pool]);
      await findListedContact(org, id, { pool });
      context.about(poolRequirements[other]);
      await expectContactNotListed(org, id, { pool: other });
      await findListedContact(org, id);
    }
    await expectNeverPooled();
    for (const seconds of [day, -2 * day]) {
      const gone = await createContact(org, { full_name: 'Iris' });
      await org.setPoolWindow(gone.id, seconds);
      context.about('LG-CON-074');
      await deleteContact(org, gone.id);
      for (const pool of ['in_pool', 'expired']) {
        await expectContactNotListed(org, gone.id, { pool });
      }
    }
  },
  fault: cacheForever(),
});

/** In seconds, so that the precision of clocks doesn't matter. */
const margin = 0.1;

const poolEnd = defineRule({
  id: 'contacts/pool-end',
  level: 'SHOULD',
  verifies: ['LG-CON-011'],
  sentence: "A contact's time in the talent pool is over at exactly its end time.",
  needs: ['talent-pool'],
  waits: true,
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createContact(org, { full_name: 'Noor Bakker' });
    let inside = false;
    // On a busy machine a short time may be over before the check.
    for (const seconds of shortWindows) {
      await org.setPoolWindow(id, seconds);
      inside = (await contactIdsIn(org, { pool: 'in_pool' })).includes(id);
      if (!inside) continue;
      await context.wait(seconds + margin);
      await findListedContact(org, id, { pool: 'expired' });
      break;
    }
    expectThat(
      inside,
      'a contact in the pool until its time ends',
      () => "a contact that isn't in the pool",
    );
    // A time that ends now has ended when the list is read.
    await org.setPoolWindow(id, 0);
    await findListedContact(org, id, { pool: 'expired' });
  },
  // A server that compares whole days.
  fault: onRequest(['listContacts'], (request) => {
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
