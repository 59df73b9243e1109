import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';
import { tryToCatch } from '../faulty-servers/catch.ts';
import { faultyServers } from '../faulty-servers/faults/index.ts';
import { type FaultyServerHarness, openFaultyServerHarness } from '../faulty-servers/start.ts';

const register = readRegister();
/** Only the first fault for each statement; `npm run proof:faulty-servers` tests all of them. */
const firsts = register.flatMap(({ id, level, unobservable }) =>
  level === 'MUST' && unobservable === undefined
    ? [[id, faultyServers.find(({ breaks }) => breaks === id)] as const]
    : [],
);

describe('the faulty servers', () => {
  let harness: FaultyServerHarness;
  beforeAll(async () => {
    harness = await openFaultyServerHarness();
  });
  afterAll(() => harness.close());
  const options = () => ({ harness, register, contract: readContract(), seed: 1, runs: 8 });

  it.each(firsts)(
    'have a server that breaks %s, which is caught for that reason',
    async (_, one) => {
      expect(one).toBeDefined();
      if (one) expect((await tryToCatch(one, options())).caught).toBeDefined();
    },
  );
});
