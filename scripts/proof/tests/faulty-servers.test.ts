import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';
import { tryToCatch } from '../faulty-servers/catch.ts';
import { faultyServers } from '../faulty-servers/faults/index.ts';
import { type FaultyServer, faultyServer, inHandlers } from '../faulty-servers/faulty-server.ts';
import { inEvents } from '../faulty-servers/inject/deliveries.ts';
import { findUnfitRules } from '../faulty-servers/result.ts';
import { type FaultyServerHarness, openFaultyServerHarness } from '../faulty-servers/start.ts';

const register = readRegister();
const documented = register.filter(
  ({ level, unobservable }) => level === 'MUST' && unobservable === undefined,
);
describe('the faulty servers', () => {
  let harness: FaultyServerHarness;
  beforeAll(async () => {
    harness = await openFaultyServerHarness();
  });
  afterAll(() => harness.close());
  const options = () => ({ harness, register, contract: readContract(), seed: 1, runs: 8 });

  it('break each statement that a client can observe', () => {
    const broken = new Set(faultyServers.map(({ breaks }) => breaks));
    expect(documented.filter(({ id }) => !broken.has(id))).toEqual([]);
  });

  it('have unique ids, and break only what a client can observe', () => {
    expect(new Set(faultyServers.map(({ id }) => id)).size).toBe(faultyServers.length);
    const known = new Set(documented.map(({ id }) => id));
    expect(faultyServers.filter(({ breaks }) => !known.has(breaks))).toEqual([]);
  });

  it('are not caught by unintended errors', async () => {
    const fails = (): never => {
      throw new TypeError('Something is undefined.');
    };
    const crashing = inHandlers('none/crashing', 'LG-DOS-001', 'crashes', () => ({
      createDossier: fails,
    }));
    await expect(tryToCatch(crashing, options())).rejects.toThrow('Something is undefined.');
    const silent = inEvents('none/silent', 'LG-WEB-010', 'sends nothing, as it fails', fails);
    await expect(tryToCatch(silent, options())).rejects.toThrow('Something is undefined.');
  });

  it('leave out no rule that the unmodified server passes', async () => {
    const sampling = { seeds: [1], runs: 2 };
    expect(await findUnfitRules([{ breaks: 'LG-NOT-001' }], { harness, ...sampling })).toEqual([]);
  });

  it('are not caught when they are unmodified', async () => {
    const unmodified: FaultyServer = faultyServer(
      'none/unmodified',
      'LG-GEN-014',
      'does everything right',
      () => ({}),
    );
    expect((await tryToCatch(unmodified, options())).caught).toBeUndefined();
  });
});
