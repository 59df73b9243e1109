import { describe, expect, it } from 'vitest';
import { createBench, delivery } from './webhook-bench.ts';

describe('The dispatcher', () => {
  it('misses nothing that comes while a lane is ending, at whatever moment', async () => {
    for (let moment = 0; moment < 30; moment += 1) {
      const { put, sent, settle } = createBench();
      await put(delivery('first'));
      for (let step = 0; step < moment; step += 1) await Promise.resolve();
      await put(delivery('second'));
      await settle();
      expect(sent).toEqual(['first', 'second']);
    }
  });

  it('sends nothing that could not be kept', async () => {
    const bench = createBench({ keepsByItself: false });
    const first = bench.put(delivery('first'));
    await bench.keep();
    await first;
    // The attempt is made and is being noted; meanwhile there is another delivery.
    await bench.settle();
    const second = bench.put(delivery('second'));
    await bench.keep();
    await Promise.all([bench.fail(), expect(second).rejects.toThrow('full')]);
    await bench.settle();
    expect([bench.sent, bench.pending(), bench.complaints]).toEqual([['first'], [], []]);
  });

  it('sends again what was not noted, after a pause, and complains', async () => {
    const bench = createBench({ keepsByItself: false });
    const put = bench.put(delivery('one'));
    await bench.keep();
    await put;
    await bench.settle();
    await bench.fail();
    expect(bench.complaints).toEqual([
      'An attempt to deliver evt_one was not recorded: Error: The disk is full.',
    ]);
    expect([bench.sent, bench.pending()]).toEqual([['one'], ['one']]);
    bench.clock.advance(60_000);
    await bench.settle();
    await bench.keep();
    expect([bench.sent, bench.pending()]).toEqual([['one', 'one'], []]);
  });

  it('forgets an attempt whose organisation went meanwhile', async () => {
    const bench = createBench({ answersByItself: false });
    await bench.put(delivery('one'));
    await bench.settle();
    await bench.commit(() => {
      bench.state.organizations.remove('org');
    });
    bench.answer();
    await bench.settle();
    expect([bench.sent, bench.complaints]).toEqual([['one'], []]);
  });

  it('complains of a lane that breaks down, and serves it again when something comes', async () => {
    const bench = createBench({ status: 500 });
    bench.breakClock();
    await bench.put(delivery('one'));
    await bench.settle();
    expect(bench.complaints).toEqual([
      'Deliveries to endpoint stopped: Error: The clock is broken',
    ]);
    bench.heal();
    await bench.put(delivery('two'));
    await bench.settle();
    expect([bench.sent, bench.pending()]).toEqual([['one', 'one', 'two'], []]);
  });
});

describe('The delivery log', () => {
  it('keeps the newest entries only', async () => {
    const { state, put, sent, settle } = createBench();
    for (let number = 0; number <= 1_000; number += 1) await put(delivery(String(number)));
    while (sent.length <= 1_000) await settle();
    await settle();
    const rows = state.organizations.get('org')?.deliveryAttempts.rows;
    expect([rows?.length, rows?.at(0)?.event_id]).toEqual([1_000, 'evt_1']);
  });
});

describe('A paused endpoint', () => {
  it('is tried after the longest rest at the latest, even if the clock was set back', async () => {
    const { state, clock, put, sent, settle } = createBench();
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
  it('leaves what is not answered in time for the next server, and begins nothing after', async () => {
    const bench = createBench({ answersByItself: false });
    // Its last attempt, so that the next would have its turn.
    await bench.put(delivery('last', { attempts: 1 }));
    await bench.put(delivery('next'));
    await bench.settle();
    expect(await bench.dispatcher.close(0)).toBe(2);
    expect([bench.sent, bench.pending()]).toEqual([['last'], ['last', 'next']]);
  });

  it('leaves what fails meanwhile for the next server, without a pause', async () => {
    const bench = createBench({ answersByItself: false, status: 500 });
    await bench.put(delivery('one'));
    await bench.settle();
    const closed = bench.dispatcher.close(60_000);
    bench.answer();
    expect(await closed).toBe(1);
    expect([bench.sent, bench.pending()]).toEqual([['one'], ['one']]);
  });
});

it('A refusal that saw what is undone then is answered as not kept', async () => {
  const { put, commit, settle, fail, pending } = createBench({ keepsByItself: false });
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

it('A refusal that saw what is kept stays as it is', async () => {
  const { put, commit, settle, keep, pending } = createBench({ keepsByItself: false });
  const kept = put(delivery('one'));
  await settle();
  const refused = commit(() => {
    throw new Error(`There is ${pending().join()} already.`);
  });
  await Promise.all([keep(), kept, expect(refused).rejects.toThrow('There is one already.')]);
});
