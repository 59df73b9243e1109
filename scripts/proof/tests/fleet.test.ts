import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';
import { openBench, type Bench } from '../fleet/bench.ts';
import { inEvents } from '../fleet/bend/events.ts';
import { fault, inHandlers, type Fault } from '../fleet/fault.ts';
import { faults } from '../fleet/faults/index.ts';
import { findUnfit } from '../fleet/fitness.ts';
import { hunt } from '../fleet/hunt.ts';

const register = readRegister();
const documented = register.filter(
  ({ level, unobservable }) => level === 'MUST' && unobservable === undefined,
);
describe('the fleet', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench.close());
  const options = () => ({ bench, register, contract: readContract(), seed: 1, runs: 8 });

  it('has a server for each statement that a client can see', () => {
    const broken = new Set(faults.map(({ breaks }) => breaks));
    expect(documented.filter(({ id }) => !broken.has(id))).toEqual([]);
  });

  it('names each server once, and only what a client can see', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    const known = new Set(documented.map(({ id }) => id));
    expect(faults.filter(({ breaks }) => !known.has(breaks))).toEqual([]);
  });

  it('counts nothing that goes wrong by mistake', async () => {
    const fails = (): never => {
      throw new TypeError('Something is undefined.');
    };
    const crashing = inHandlers('none/crashing', 'LG-DOS-001', 'crashes', () => ({
      createDossier: fails,
    }));
    await expect(hunt(crashing, options())).rejects.toThrow('Something is undefined.');
    const silent = inEvents('none/silent', 'LG-WEB-010', 'sends nothing, as it fails', fails);
    await expect(hunt(silent, options())).rejects.toThrow('Something is undefined.');
  });

  it('finds no rule unfit that an honest server passes', async () => {
    const sampling = { seeds: [1], runs: 2 };
    expect(await findUnfit([{ breaks: 'LG-NOT-001' }], { bench, ...sampling })).toEqual([]);
  });

  it('lets an honest server go', async () => {
    const honest: Fault = fault('none/honest', 'LG-GEN-014', 'does everything right', () => ({}));
    expect((await hunt(honest, options())).kill).toBeUndefined();
  });
});
