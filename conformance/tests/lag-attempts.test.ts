import { describe, expect, it } from 'vitest';
import { createTargetLag, type LagMeasurement } from '../runner/lag.ts';

const certain = (lag: number): LagMeasurement => ({ lag, certain: true });
const uncertain: LagMeasurement = { lag: 0, certain: false };

/** A lag with these results of measurements, and the pauses between them. */
const measuring = (...shown: readonly LagMeasurement[]) => {
  const pauses: number[] = [];
  const left = [...shown];
  const lag = createTargetLag(
    () => Promise.resolve(left.shift() ?? certain(0)),
    (time) => {
      pauses.push(time);
      return Promise.resolve();
    },
  );
  return { lag, pauses, left };
};

describe('the lag of lists', () => {
  it('is measured once when there is none', async () => {
    const { lag, left } = measuring(certain(0), certain(300));
    expect(await Promise.all([lag.find(), lag.find()])).toEqual([0, 0]);
    expect(await lag.find()).toBe(0);
    expect(left).toHaveLength(1);
  });

  it('is measured again, after a pause, while the target is too busy to be certain', async () => {
    const { lag, pauses } = measuring(uncertain, uncertain, certain(300));
    expect(await lag.find()).toBe(300);
    expect(lag.known()).toBe(300);
    expect(pauses).toEqual([1_000, 1_000]);
  });

  it('is 0 after five uncertain measurements', async () => {
    const { lag, pauses } = measuring(...Array.from({ length: 9 }, () => uncertain));
    expect(await lag.find()).toBe(0);
    expect(await lag.find()).toBe(0);
    expect(pauses).toHaveLength(4);
  });

  it('is measured twice more when it was too short, and never gets shorter', async () => {
    const { lag } = measuring(certain(300), certain(200), certain(900), certain(1_200));
    expect(await lag.find()).toBe(300);
    expect(await lag.findAgain()).toBe(300);
    expect(await lag.findAgain()).toBe(900);
    expect(await lag.findAgain()).toBe(900);
  });
});
