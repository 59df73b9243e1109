import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../../conformance/rules/index.ts';
import { type FaultyServer, faultyServer } from '../faulty-servers/faulty-server.ts';
import { type FaultyServerHarness, openFaultyServerHarness } from '../faulty-servers/start.ts';
import { wrongSortOrders } from './wrong-orders.ts';

/** Rules about decided orders are SHOULDs, so that no faulty server covers them. */
describe('a rule about a decided order', () => {
  let harness: FaultyServerHarness;
  beforeAll(async () => {
    harness = await openFaultyServerHarness();
  });
  afterAll(() => harness.close());

  const outcomeOf = async (rule: string, injection: FaultyServer | undefined) => {
    const chosen = rules.filter(({ id }) => id === rule);
    const { outcomes } = await harness.judge(injection, { rules: chosen, seed: 1, runs: 8 });
    return outcomes.find(({ id }) => id === rule)?.outcome;
  };

  it.each(wrongSortOrders.map(({ rule }) => rule))(
    'is passed by the decided order: %s',
    async (rule) => {
      expect(await outcomeOf(rule, undefined)).toBe('passed');
    },
  );

  it.each(
    wrongSortOrders.flatMap(({ rule, orders }) =>
      Object.entries(orders).map(([order, inject]) => [rule, order, inject] as const),
    ),
  )('notices another one: %s, %s', async (rule, order, inject) => {
    const injection = faultyServer('none/order', 'LG-GEN-014', order, ({ own }) => ({
      handlers: inject(own),
    }));
    expect(await outcomeOf(rule, injection)).toBe('failed');
  });
});
