import { describe, expect, it } from 'vitest';
import { createDispatcherSetup, delivery } from './dispatcher-setup.ts';

describe('The dispatcher', () => {
  it('misses no delivery that is added while a queue is ending', async () => {
    for (let moment = 0; moment < 30; moment += 1) {
      const { put, sent, settle } = createDispatcherSetup();
      await put(delivery('first'));
      for (let step = 0; step < moment; step += 1) await Promise.resolve();
      await put(delivery('second'));
      await settle();
      expect(sent).toEqual(['first', 'second']);
    }
  });

  it('sends nothing that could not be saved', async () => {
    const setup = createDispatcherSetup({ savesAutomatically: false });
    const first = setup.put(delivery('first'));
    await setup.keep();
    await first;
    // The attempt is being recorded; meanwhile another delivery is added.
    await setup.settle();
    const second = setup.put(delivery('second'));
    await setup.keep();
    await Promise.all([setup.fail(), expect(second).rejects.toThrow('full')]);
    await setup.settle();
    expect([setup.sent, setup.pending(), setup.loggedErrors]).toEqual([['first'], [], []]);
  });

  it('sends a delivery again whose attempt was not recorded, and logs an error', async () => {
    const setup = createDispatcherSetup({ savesAutomatically: false });
    const put = setup.put(delivery('one'));
    await setup.keep();
    await put;
    await setup.settle();
    await setup.fail();
    expect(setup.loggedErrors).toEqual([
      'An attempt to deliver evt_one was not recorded: Error: The disk is full.',
    ]);
    expect([setup.sent, setup.pending()]).toEqual([['one'], ['one']]);
    setup.clock.advance(60_000);
    await setup.settle();
    await setup.keep();
    expect([setup.sent, setup.pending()]).toEqual([['one', 'one'], []]);
  });

  it('ignores an attempt whose organisation was deleted meanwhile', async () => {
    const setup = createDispatcherSetup({ respondsAutomatically: false });
    await setup.put(delivery('one'));
    await setup.settle();
    await setup.commit(() => {
      setup.state.organizations.remove('org');
    });
    setup.answer();
    await setup.settle();
    expect([setup.sent, setup.loggedErrors]).toEqual([['one'], []]);
  });

  it('logs the failure of a queue, and restarts it with the next delivery', async () => {
    const setup = createDispatcherSetup({ status: 500 });
    setup.breakClock();
    await setup.put(delivery('one'));
    await setup.settle();
    expect(setup.loggedErrors).toEqual([
      'Deliveries to endpoint stopped: Error: The clock is broken',
    ]);
    setup.repair();
    await setup.put(delivery('two'));
    await setup.settle();
    expect([setup.sent, setup.pending()]).toEqual([['one', 'one', 'two'], []]);
  });
});

describe('The delivery log', () => {
  it('keeps the newest entries only', async () => {
    const { state, put, sent, settle } = createDispatcherSetup();
    for (let number = 0; number <= 1_000; number += 1) await put(delivery(String(number)));
    while (sent.length <= 1_000) await settle();
    await settle();
    const rows = state.organizations.get('org')?.deliveryAttempts.rows;
    expect([rows?.length, rows?.at(0)?.event_id]).toEqual([1_000, 'evt_1']);
  });
});

describe('A paused endpoint', () => {
  it('gets an attempt after the longest pause at the latest, even if the clock was set back', async () => {
    const { state, clock, put, sent, settle } = createDispatcherSetup();
    state.transact(() => {
      const paused = { since: '2027-05-04T08:30:00Z', until: 365 * 86_400_000, attempts: 5 };
      const endpoint = { id: 'endpoint', url: 'http://receiver.test', secret: 's', failures: 13 };
      state.organizations.get('org')?.webhookEndpoints.replace({ ...endpoint, paused });
    });
    await put(delivery('one'));
    await settle();
    clock.advance(59_999);
    await settle();
    expect(sent).toEqual([]);
    clock.advance(1);
    await settle();
    expect(sent).toEqual(['one']);
  });
});

describe('A dispatcher that closes', () => {
  it('leaves deliveries without a response for the next server, and starts no others', async () => {
    const setup = createDispatcherSetup({ respondsAutomatically: false });
    // Its last attempt, so that the next delivery would follow.
    await setup.put(delivery('last', { attempts: 1 }));
    await setup.put(delivery('next'));
    await setup.settle();
    expect(await setup.dispatcher.close(0)).toBe(2);
    expect([setup.sent, setup.pending()]).toEqual([['last'], ['last', 'next']]);
  });

  it('leaves deliveries that fail meanwhile for the next server, without a delay', async () => {
    const setup = createDispatcherSetup({ respondsAutomatically: false, status: 500 });
    await setup.put(delivery('one'));
    await setup.settle();
    const closed = setup.dispatcher.close(60_000);
    setup.answer();
    expect(await closed).toBe(1);
    expect([setup.sent, setup.pending()]).toEqual([['one'], ['one']]);
  });
});

it('A refusal that depends on undone changes fails as not saved', async () => {
  const { put, commit, settle, fail, pending } = createDispatcherSetup({
    savesAutomatically: false,
  });
  const lost = put(delivery('one'));
  await settle();
  const refused = commit(() => {
    throw new Error(`There is ${pending().join()} already.`);
  });
  await Promise.all([
    fail(),
    expect(lost).rejects.toThrow('full'),
    expect(refused).rejects.toThrow('full'),
  ]);
  expect(pending()).toEqual([]);
});

it('A refusal that depends on saved changes stays unchanged', async () => {
  const { put, commit, settle, keep, pending } = createDispatcherSetup({
    savesAutomatically: false,
  });
  const kept = put(delivery('one'));
  await settle();
  const refused = commit(() => {
    throw new Error(`There is ${pending().join()} already.`);
  });
  await Promise.all([keep(), kept, expect(refused).rejects.toThrow('There is one already.')]);
});
