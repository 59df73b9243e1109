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
describe('the fleet', () => {
  let harness: FaultyServerHarness;
  beforeAll(async () => {
    harness = await openFaultyServerHarness();
  });
  afterAll(() => harness.close());
  const options = () => ({ harness, register, contract: readContract(), seed: 1, runs: 8 });

  it('has a server for each statement that a client can see', () => {
    const broken = new Set(faultyServers.map(({ breaks }) => breaks));
    expect(documented.filter(({ id }) => !broken.has(id))).toEqual([]);
  });

  it('names each server once, and only what a client can see', () => {
    expect(new Set(faultyServers.map(({ id }) => id)).size).toBe(faultyServers.length);
    const known = new Set(documented.map(({ id }) => id));
    expect(faultyServers.filter(({ breaks }) => !known.has(breaks))).toEqual([]);
  });

  it('counts nothing that goes wrong by mistake', async () => {
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

  it('finds no rule unfit that an honest server passes', async () => {
    const sampling = { seeds: [1], runs: 2 };
    expect(await findUnfitRules([{ breaks: 'LG-NOT-001' }], { harness, ...sampling })).toEqual([]);
  });

  it('lets an honest server go', async () => {
    const honest: FaultyServer = faultyServer(
      'none/honest',
      'LG-GEN-014',
      'does everything right',
      () => ({}),
    );
    expect((await tryToCatch(honest, options())).caught).toBeUndefined();
  });
});
